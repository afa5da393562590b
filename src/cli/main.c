#include <incmap/version.h>
#include <stdio.h>

int main(void)
{
    puts("incmap " INCMAP_VERSION);
    return 0;
}
