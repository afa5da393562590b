/* Texts of our own wording → incidents, one line each: type place level date count deaths injured
 * arrested status. Needs the gazetteer that the build compiles. */
#include <incmap/pipeline.h>
#include <string.h>

static im_gazetteer *gazetteer;

static void append_number(GString *out, const char *letter, int n)
{
    if (n != IM_UNKNOWN)
        g_string_append_printf(out, " %s%d", letter, n);
}

static char *line_of(const im_incident *r)
{
    char day[IM_DAY_ISO_SIZE];
    GString *out = g_string_new(im_incident_type_name(r->type));
    g_string_append_printf(out, " %s/%s %s", r->location, im_geo_level_name(r->geo_level),
                           im_day_format_iso(r->date_start, day) + 5);
    append_number(out, "n", r->count);
    append_number(out, "k", r->deaths_best);
    append_number(out, "i", r->injured);
    append_number(out, "a", r->arrested);
    if (r->status != IM_STATUS_OCCURRED)
        g_string_append_printf(out, " %s", im_incident_status_name(r->status));
    return g_string_free(out, FALSE);
}

static GPtrArray *incidents_of(const char *words, const char *date)
{
    g_autoptr(im_report) report = g_new0(im_report, 1);
    report->id = g_strdup("test");
    report->file = g_strdup("test");
    report->text = g_strdup(words);
    report->text_len = strlen(words);
    report->published = im_day_parse_iso(date);
    report->published_basis = IM_PUBLISHED_OPTION;
    im_run_options options = {0};
    GPtrArray *incidents = NULL;
    im_analyse_report(gazetteer, report, &options, NULL, &incidents);
    return incidents;
}

static char *read_text(const char *words, const char *date)
{
    g_autoptr(GPtrArray) incidents = incidents_of(words, date);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < incidents->len; i++) {
        g_autofree char *line = line_of(incidents->pdata[i]);
        g_string_append_printf(out, "%s%s", i ? "\n" : "", line);
    }
    return g_string_free(out, FALSE);
}

static void test_actors(void)
{
    static const struct {
        const char *text, *agent, *target;
    } cases[] = {
        {"Gunmen killed three police officers in Celaya, Guanajuato, on Tuesday.",
         "Unidentified Armed Group (Mexico)", "Police Forces of Mexico"},
        {"Two soldiers were killed by ELN rebels in Arauca, Colombia, on Monday.",
         "ELN: National Liberation Army", "Military Forces of Colombia"},
        {"An attack by Boko Haram on an army base in Maiduguri, Nigeria, left nine dead.",
         "Boko Haram", "Military Forces of Nigeria"},
        {"A clash between soldiers and gang members left three dead in Reynosa, Mexico.",
         "Military Forces of Mexico", "Unidentified Gang (Mexico)"},
        {"Presuntos integrantes del Cártel Jalisco Nueva Generación atacaron a policías en "
         "Uruapan.",
         "Jalisco New Generation Cartel", "Police Forces of Mexico"},
        {"Soldados colombianos abatieron a tres guerrilleros del ELN en Tibú, Colombia.",
         "Military Forces of Colombia", "Unidentified Armed Group (Colombia)"},
        {"An ELN column killed two soldiers during an attack on an army base in Tibú, Colombia.",
         "ELN: National Liberation Army", "Military Forces of Colombia"},
        {"Gunmen killed seven police officers in an ambush outside Zamora, Michoacán.",
         "Unidentified Armed Group (Mexico)", "Police Forces of Mexico"},
        {"Gunmen attacked a bar in Celaya, Guanajuato, on Monday, police said.",
         "Unidentified Armed Group (Mexico)", NULL},
        {"An ELN column, according to army spokesmen, attacked a garrison in Tibú, Colombia.",
         "ELN: National Liberation Army", "Military Forces of Colombia"},
        {"Hombres armados atacaron un bar en Celaya, Guanajuato, informó la policía.",
         "Unidentified Armed Group (Mexico)", NULL},
        {"Four farmers were killed in Zamora, Michoacán, on Monday.", NULL, "Civilians (Mexico)"},
        {"An explosion killed two children in Kabul on Monday.", NULL, "Civilians (Afghanistan)"},
        {"A bus was burned in Celaya, Guanajuato, on Monday.", NULL, NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) incidents = incidents_of(cases[i].text, "2026-03-11");
        g_assert_cmpuint(incidents->len, ==, 1);
        const im_incident *r = incidents->pdata[0];
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(r->actor1, ==, cases[i].agent);
        g_assert_cmpstr(r->actor2, ==, cases[i].target);
    }
}

static void test_texts(void)
{
    /* all published on Wednesday, 11 March 2026 */
    static const struct {
        const char *text, *lines;
    } cases[] = {
        {"Gunmen killed three police officers in Celaya, Guanajuato, on Tuesday.",
         "attack Celaya/municipality 03-10 n1 k3"},
        {"Gunmen burned a bus in Celaya, Guanajuato, on Monday. One of them is the brother of a "
         "judge who was murdered.",
         "arson Celaya/municipality 03-09 n1"},
        {"Hombres armados quemaron un autobús en Celaya, Guanajuato, el lunes. El grupo era de "
         "Juan Paz, quien fue asesinado.",
         "arson Celaya/municipality 03-09 n1"},
        {"Gunmen attacked a bar in Celaya, Guanajuato, on Monday. They shot at two men, who were "
         "killed.",
         "attack Celaya/municipality 03-09 n1 k2"},
        {"Gunmen attacked a bar in Celaya, Guanajuato, on Monday. They shot at Juan Paz, who was "
         "killed on Tuesday in Uruapan.",
         "attack Celaya/municipality 03-09 n1\nkilling Uruapan/municipality 03-10 k1"},
        {"The death toll from Monday's bombing in Celaya, Guanajuato, has risen from 12 to 15.",
         "explosion Celaya/municipality 03-09 n1 k15"},
        {"Gunmen attacked a bar in Celaya, Guanajuato, on Monday. The number of people killed rose "
         "overnight from six to nine.",
         "attack Celaya/municipality 03-09 n1 k9"},
        {"Un ataque armado en Celaya, Guanajuato, dejó seis muertos el lunes. La cifra de muertos "
         "pasó ayer de seis a nueve.",
         "attack Celaya/municipality 03-09 n1 k9"},
        {"Al menos 12 personas murieron el lunes en Celaya, Guanajuato; la cifra de víctimas "
         "mortales pasó de diez a doce.",
         "killing Celaya/municipality 03-09 k12"},
        {"Un ataque armado en Celaya, Guanajuato, dejó de seis a nueve muertos el lunes.",
         "attack Celaya/municipality 03-09 n1 k6"},
        {"The mayor denied reports on social media that a hospital in Celaya, Guanajuato, had been "
         "attacked on Monday.",
         ""},
        {"A report of an attack on the airport in Celaya, Guanajuato, on Monday was false.", ""},
        {"A landslide blocked the highway near Celaya, Guanajuato, on Monday.", ""},
        {"The striker's team attacked from the first half of the match in Celaya, Guanajuato, on "
         "Monday, and shot two goals.",
         ""},
        {"The leader of the race was arrested in his progress by a puncture in Celaya, Guanajuato, "
         "on "
         "Monday; the riders of the breakaway won the stage.",
         ""},
        {"The plane crashed in an accident in Celaya, Guanajuato, on Monday, said the first "
         "reports "
         "of the crash. Its pilot had been murdered in Celaya on Sunday.",
         "killing Celaya/municipality 03-08"},
        {"Gunmen attacked the striker's team after the match in the stadium of Celaya, Guanajuato, "
         "on "
         "Monday.",
         "attack Celaya/municipality 03-09 n1"},
        {"The film, shot in León, premiered on Sunday. Its actors were at a bar in Celaya, "
         "Guanajuato, on Monday when a bomb exploded beside the cinema.",
         "explosion Celaya/municipality 03-09 n1"},
        {"Rain and floods killed 12 people in Celaya, Guanajuato, on Monday; landslides blocked "
         "the "
         "highway to León.",
         ""},
        {"Heavy rain fell and the river overflowed in Celaya, Guanajuato, on Sunday. On Monday "
         "gunmen "
         "attacked a shelter for those whom the floods had driven out.",
         "attack Celaya/municipality 03-09 n1"},
        {"In a drill in Celaya, Guanajuato, on Monday gunmen attacked a school with blank shots.",
         ""},
        {"Residents blocked the highway near Celaya, Guanajuato, on Monday after a landslide.",
         "roadblock Celaya/municipality 03-09 n1"},
        {"Un camión volcado bloqueó la autopista en Celaya, Guanajuato, el lunes.", ""},
        {"El festival de Celaya, Guanajuato, se suspendió por la lluvia el lunes.", ""},
        {"Un anciano fue encontrado sin vida en su casa de Celaya, Guanajuato, por causas "
         "naturales "
         "el lunes.",
         ""},
        {"El secretario llegó a Celaya, Guanajuato, acompañado de dos policías el lunes.", ""},
        {"La ONU teme que Celaya, Guanajuato, sea atacada.", ""},
        {"The mine in Celaya, Guanajuato, closed on Monday after 100 years. Its owner said that "
         "the "
         "price of silver had fallen for three years, that the ore was all but spent, and that the "
         "last twelve of its people would be paid until the end of the year.",
         ""},
        {"There were no reports of injuries after the attack on a bar in Celaya, Guanajuato, on "
         "Monday.",
         "attack Celaya/municipality 03-09 n1"},
        {"The court denied bail to the three who, at a hearing in León, confessed that they "
         "attacked "
         "a bar in Celaya, Guanajuato, on Monday.",
         "attack Celaya/municipality 03-09 n1"},
        {"Las autoridades negaron versiones de redes sociales sobre un ataque a un hospital en "
         "Celaya, Guanajuato, el lunes.",
         ""},
        {"Gunmen attacked a false checkpoint in Celaya, Guanajuato, on Monday.",
         "attack Celaya/municipality 03-09 n1"},
        {"In Michoacán, gunmen stopped two buses near Uruapan on Monday and abducted nine "
         "passengers.",
         "kidnapping Uruapan/municipality 03-09 n9"},
        {"- 9 March, Celaya: Gunmen burned a bus on the road to Salamanca, Guanajuato.",
         "arson Celaya/municipality 03-09 n1"},
        {"Residents of Uruapan, Michoacán, lifted the roadblock on Monday.",
         "roadblock Uruapan/municipality 03-09 n1 cleared"},
        {"Tres hombres fueron detenidos en Celaya, Guanajuato, el lunes tras incendiar dos "
         "autobuses.",
         "arson Celaya/municipality 03-09 n2\narrest Celaya/municipality 03-09 a3"},
        {"Gunmen attacked a radio station in Celaya, Guanajuato, last evening.",
         "attack Celaya/municipality 03-10 n1"},
        {"La víspera, hombres armados atacaron una estación de radio en Celaya, Guanajuato.",
         "attack Celaya/municipality 03-10 n1"},
        {"BOGOTA, March 10 (Agency) -- Two students died on Tuesday when their bomb exploded in a "
         "lecture hall. They had taken part in a march against a treaty with the United States.",
         "explosion Colombia/country 03-10 n1 k2"},
        {"Hombres armados bloquearon este martes carreteras en Uruapan, Apatzingán y Zamora, "
         "Michoacán.",
         "roadblock Apatzingán/municipality 03-10 n1\nroadblock Uruapan/municipality 03-10 n1\n"
         "roadblock Zamora de Hidalgo/municipality 03-10 n1"},
        {"More than 90 roadblocks across 12 states of Mexico have been cleared, the ministry said "
         "on Wednesday.",
         "roadblock Mexico/country 03-11 n90 cleared"},
        {"The cabinet said it had counted more than 130 roadblocks in 12 states of Mexico since "
         "Sunday, when soldiers captured a gang leader in Uruapan, and that all of them had since "
         "been cleared.",
         "roadblock Mexico/country 03-08 n130 cleared\narrest Uruapan/municipality 03-08 a1"},
        {"Some 12 suspects were killed in Jalisco on Sunday and two others were killed in "
         "Guanajuato.",
         "killing Guanajuato/state 03-08 k2\nkilling Jalisco/state 03-08 k12"},
        {"A drone dropped a grenade on a patrol in Apatzingán, Michoacán, on Monday. No deaths "
         "were "
         "reported.",
         "explosion Apatzingán/municipality 03-09 n1"},
        {"Police fear that gunmen could attack Morelia. The governor threatened to block the "
         "highway to Uruapan.",
         ""},
        {"Five men were arrested in the state of Colima on Monday.",
         "arrest Colima/state 03-09 a5"},
        {"Puntos con bloqueo activo en Michoacán este miércoles:\n\n"
         "• Uruapan – Pátzcuaro, a la altura de Tingambato\n"
         "• Apatzingán – Cuatro Caminos, en el crucero de Antúnez\n\nYa liberados:\n\n"
         "• La Piedad – Carapan, en Churintzio\n• Morelia: sin bloqueos\n",
         "roadblock Antúnez/point 03-11 n1 ongoing\nroadblock Churintzio/municipality 03-11 n1 "
         "cleared\nroadblock Tingambato/municipality 03-11 n1 ongoing"},
        {"Cuatro civiles armados y un policía murieron el lunes en un enfrentamiento en Lagos de "
         "Moreno, Jalisco; una de las víctimas falleció en el hospital.",
         "armed_clash Lagos de Moreno/municipality 03-09 n1 k5"},
        {"Two men aged 19 and 22 were shot dead in Celaya, Guanajuato, on Monday, one more than "
         "first reported.",
         "attack Celaya/municipality 03-09 n1 k2"},
        {"The toll of guards killed in Sunday's ambush at San Juan de los Lagos, Jalisco, rose to "
         "seven.",
         "attack San Juan de los Lagos/municipality 03-08 n1 k7"},
        {"Soldiers raided a ranch in Celaya on Monday and seized 40 rifles, the prosecutor said.",
         "operation Celaya/municipality 03-09 n1"},
        {"Officials counted 21 roadblocks in Jalisco on Sunday and another four in neighbouring "
         "Nayarit.",
         "roadblock Jalisco/state 03-08 n21\nroadblock Nayarit/state 03-08 n4"},
        {"A raid by gunmen on a school in Celaya on Monday left two people dead.",
         "attack Celaya/municipality 03-09 n1 k2"},
        {"Farmers kept the highway near Celaya, Guanajuato, closed on Monday.",
         "roadblock Celaya/municipality 03-09 n1"},
        {"Troops left Zamora for Uruapan and Apatzingán, in Michoacán, Mexico. Gunmen attacked a "
         "bus "
         "in Los Banos on Monday.",
         "attack Los Banos/point 03-09 n1"},
        {"Gunmen killed 12, 40 km south of Celaya, Guanajuato, on Monday.",
         "attack Celaya/municipality 03-09 n1 k12"},
        {"Gunmen killed two farmers in Celaya, Guanajuato, 48 hours ago.",
         "attack Celaya/municipality 03-09 n1 k2"},
        {"In May 2015 gunmen killed nine soldiers near Autlán, Jalisco.",
         "attack Autlán de Navarro/municipality 05-01 n1 k9 historic"},
        {"The army sent 300 soldiers to Reynosa on Tuesday.",
         "deployment Reynosa/municipality 03-10 n300"},
        {"The striker scored two goals in Monterrey on Sunday. The attack of the team beat the "
         "goalkeeper early in the match, and the coach praised the fans.",
         ""},
        {"GUADALAJARA, Mexico, 9 March: Gunmen burned two buses in Celaya on Monday.",
         "arson Celaya/municipality 03-09 n2"},
        {"Ana Ruiz Porth, 65, was killed in Celaya, Guanajuato, on Monday.",
         "killing Celaya/municipality 03-09 k1"},
        {"A truck bomb exploded in Celaya, Guanajuato, on Monday. Two officers are among the "
         "wounded.",
         "explosion Celaya/municipality 03-09 n1"},
        {"The army captured a rebel chief over the weekend in Celaya, Guanajuato.",
         "arrest Celaya/municipality 03-07 a1"},
        {"Gunmen fired on a post in Tingambato, Pacific Province, Michoacán, on Monday.",
         "attack Tingambato/municipality 03-09 n1"},
        {"Police counted 20 attacks in Celaya, Zamora and Uruapan on Monday.",
         "attack Celaya/municipality 03-09\nattack Uruapan/municipality 03-09\nattack Zamora de "
         "Hidalgo/municipality 03-09"},
        {"Luis Galván was shot dead in Celaya, Guanajuato, on Monday. In Mexico City the senate "
         "condemned the murder of Galván.",
         "attack Celaya/municipality 03-09 n1 k1"},
        {"Two farmers were killed by gunmen in Michoacán. The attack took place near Tingambato on "
         "Monday.",
         "attack Tingambato/municipality 03-09 n1 k2"},
        {"Gunmen attacked a patrol in Celaya, Guanajuato, on Monday. Nine people were killed when "
         "the car exploded. Monday's attack was the worst of the year, the mayor of Celaya said.",
         "explosion Celaya/municipality 03-09 n1 k9"},
        {"Rebels kidnapped two engineers in Celaya, Guanajuato, on Monday. The rebels kidnapped "
         "them at dawn, a witness in Zamora said.",
         "kidnapping Celaya/municipality 03-09 n2"},
        {"A bomb exploded in Uruapan, Michoacán, on Monday. A woman is being treated at a hospital "
         "in Morelia.",
         "explosion Uruapan/municipality 03-09 n1"},
        {"The prosecutor, who handles kidnapping and drug trafficking cases in Celaya, spoke on "
         "Monday.",
         ""},
        {"Soldiers seized a mortar and two grenades in Celaya, Guanajuato, on Monday, in which "
         "nobody was injured.",
         ""},
        {"The crisis that exploded in Colombia on Monday goes on.", ""},
        {"Unions announced a march in Morelia for 20 March.",
         "protest Morelia/municipality 03-20 n1 planned"},
        {"Los gremios anunciaron una marcha para el 20 de marzo en Morelia, Michoacán.",
         "protest Morelia/municipality 03-20 n1 planned"},
        {"The police station, which opened in 1986, was attacked in Celaya, Guanajuato.",
         "attack Celaya/municipality 03-11 n1"},
        {"A bomb exploded at approximately 1100, killing three people in Celaya, Guanajuato, on "
         "Monday.",
         "explosion Celaya/municipality 03-09 n1 k3"},
        {"BOGOTA, March 10: Colombian lawmakers met on Monday. Colombian police said a bomb "
         "exploded here on Tuesday.",
         "explosion Bogotá/municipality 03-10 n1"},
        {"MONTEVIDEO, Uruguay, March 10: The president condemned the murder of the Colombian "
         "senator on Monday.",
         "killing Colombia/country 03-09 k1"},
        {"SAN SALVADOR, March 10: Salvadoran police said gunmen shot a Salvadoran teacher on "
         "Monday in the San Miguelito neighborhood of the capital.",
         "attack San Miguelito/point 03-09 n1"},
        {"BOGOTA, March 10: A bomb exploded in the Olaya neighborhood, in southern Bogotá, on "
         "Monday.",
         "explosion Olaya/point 03-09 n1"},
        {"Guerrillas and soldiers clashed in Arauca, Colombia, on Monday. Army helicopters bombed "
         "rebel camps near Tame on Monday.",
         "armed_clash Arauca/municipality 03-09 n1\narmed_clash Tame/municipality 03-09 n1"},
        {"Three bomb attacks shook Celaya, Guanajuato, on Monday.",
         "explosion Celaya/municipality 03-09 n3"},
        {"Blasts shook Celaya, Guanajuato, on Monday.", "explosion Celaya/municipality 03-09"},
        {"Varias explosiones sacudieron Celaya, Guanajuato, el lunes.",
         "explosion Celaya/municipality 03-09"},
        {"Two engineers, who had been kidnapped in Celaya, Guanajuato, on Monday, were freed.",
         "kidnapping Celaya/municipality 03-09 n2"},
        {"We just have to remember how a journalist was killed in Celaya.",
         "killing Celaya/municipality 03-11 k1 historic"},
        {"Gunmen burned cars on the third block of the avenue in Celaya, Guanajuato, on Monday.",
         "arson Celaya/municipality 03-09"},
        {"Una bomba estalló el lunes en el distrito de San Juan de Huarigancho, en Lima, Perú.",
         "explosion San Juan de Huarigancho/point 03-09 n1"},
        {"Una bomba estalló el lunes en el distrito de San Juan de Lurigancho, en Lima, Perú.",
         "explosion San Juan de Lurigancho/municipality 03-09 n1"},
        {"On Monday ten people were murdered in Guanajuato. Celaya had six of the cases, León "
         "four.",
         "killing Celaya/municipality 03-09 k6\nkilling Guanajuato/state 03-09 k10\n"
         "killing León de los Aldama/municipality 03-09 k4"},
        {"An explosion rocked Celaya, Guanajuato, on Monday. The mayor put the number of dead at "
         "nine.",
         "explosion Celaya/municipality 03-09 n1 k9"},
        {"Agricultores cortan desde el lunes la MEX-45D y la A-9 en Celaya, Guanajuato.",
         "roadblock Celaya/municipality 03-09 n1 ongoing"},
        {"The bodies of two men who had gone missing were found in Celaya, Guanajuato, on Monday.",
         "killing Celaya/municipality 03-09 k2"},
        {"Diez muertes violentas se registraron el lunes en el estado de Guanajuato: seis se "
         "produjeron en "
         "Celaya "
         "y cuatro en Salamanca.",
         "killing Celaya/municipality 03-09 k6\nkilling Guanajuato/state 03-09 k10\n"
         "killing Salamanca/municipality 03-09 k4"},
        {"El lunes se llevó a cabo un acto en Celaya, Guanajuato.", ""},
        {"On Monday troops gunned down six militants in an operation in Celaya, Guanajuato.",
         "operation Celaya/municipality 03-09 n1 k6"},
        {"Forty people were murdered in Sinaloa between Sunday 1 and Saturday 7 March.",
         "killing Sinaloa/state 03-01 k40"},
        {"A blockade of the highway at Celaya, Guanajuato, called by farmers last week, was lifted "
         "on Tuesday.",
         "roadblock Celaya/municipality 03-10 n1 cleared"},
        {"Gunmen attacked a bar in Celaya, Guanajuato, because on 1 March police closed "
         "another.",
         "disruption Celaya/municipality 03-01\nattack Celaya/municipality 03-11 n1"},
        {"El gobierno anunció que el viernes llegarán 250 agentes a Pantelhó, Chiapas.",
         "deployment Pantelhó/municipality 03-13 n250 planned"},
        {"Pidieron que llegaran 250 agentes a Pantelhó, Chiapas.", ""},
        {"Organizers plan another rally in Morelia, Michoacán, on Friday.",
         "protest Morelia/municipality 03-13 n1 planned"},
        {"There was a party in Celaya, Guanajuato. Juan Pérez, 42, was killed by two bullets.",
         "killing Celaya/municipality 03-11 k1"},
        {"Tres hombres murieron a manos de sicarios en Tapalpa el domingo.",
         "attack Tapalpa/municipality 03-08 n1 k3"},
        {"BUENOS AIRES (EFE).- Dos hombres fueron asesinados este domingo en la esquina de las "
         "calles "
         "Hidalgo y Zapata.",
         "killing Buenos Aires/municipality 03-08 k2"},
        {"GUADALAJARA, Mexico (AP) - Two men were shot dead on Sunday at the corner of Hidalgo and "
         "Zapata streets.",
         "attack Guadalajara/municipality 03-08 n1 k2"},
        {"Dos hombres fueron asesinados este domingo en las calles de Zapopan.",
         "killing Zapopan/municipality 03-08 k2"},
        {"Gunmen killed five people in Celaya, two in Irapuato and one in Salamanca.",
         "attack Celaya/municipality 03-11 n1 k5\nattack Irapuato/municipality 03-11 n1 k2\n"
         "attack Salamanca/municipality 03-11 n1 k1"},
        {"Los ataques dejaron 11 muertos en Tamaulipas: siete en Reynosa y cuatro en Matamoros.",
         "attack Heroica Matamoros/municipality 03-11 n1 k4\nattack Reynosa/municipality 03-11 n1 "
         "k7\n"
         "attack Tamaulipas/state 03-11 k11"},
        {"There were 25 roadblocks on Sunday: 12 in Culiacán, eight in Mazatlán and five in "
         "Navolato.",
         "roadblock Culiacán/municipality 03-08 n12\nroadblock Mazatlán/municipality 03-08 n8\n"
         "roadblock Navolato/municipality 03-08 n5"},
        {"More than 80 roadblocks were reported in Mexico on Sunday. Of these, 32 were in Jalisco, "
         "18 "
         "in Michoacán.",
         "roadblock Mexico/country 03-08 n80\nroadblock Jalisco/state 03-08 n32\n"
         "roadblock Michoacán/state 03-08 n18"},
        {"Un ataque en Uruapan dejó un muerto, 12 heridos y tres detenidos.",
         "attack Uruapan/municipality 03-11 n1 k1 i12\narrest Uruapan/municipality 03-11 a3"},
        {"Un ataque en Uruapan dejó un patrullero muerto y 12 civiles heridos.",
         "attack Uruapan/municipality 03-11 n1 k1 i12"},
        {"Sicarios mataron a un agricultor en Uruapan.", "attack Uruapan/municipality 03-11 n1 k1"},
        {"Gunmen opened fire on a bus in Celaya, killing a 23-year-old conductor.",
         "attack Celaya/municipality 03-11 n1 k1"},
        {"Protesters blocked the highway in Uruapan on Sunday.",
         "roadblock Uruapan/municipality 03-08 n1"},
        {"La Policía arrestó a 11 personas en Uruapan.", "arrest Uruapan/municipality 03-11 a11"},
        {"Truckers blocked the highway in Uruapan on Monday. The road was reopened on Tuesday.",
         "roadblock Uruapan/municipality 03-09 n1 cleared"},
        {"Manifestantes bloquearon la carretera en Uruapan el domingo. La Guardia Nacional liberó "
         "la "
         "circulación.",
         "roadblock Uruapan/municipality 03-08 n1 cleared"},
        {"Manifestantes bloquean desde el viernes la carretera en Uruapan.",
         "roadblock Uruapan/municipality 03-06 n1 ongoing"},
        {"En Uruapan, un policía murió el domingo, informó el gobierno.",
         "killing Uruapan/municipality 03-08 k1"},
        {"Suspendieron las clases hasta el viernes en Uruapan.",
         "disruption Uruapan/municipality 03-11"},
        {"The 1999 shooting in Littleton, Colorado, killed 13 people.",
         "attack Littleton/municipality 01-01 n1 k13 historic"},
        {"Gunmen attacked a bar in Celaya, killing five and wounding 19, a doctors' group said.",
         "attack Celaya/municipality 03-11 n1 k5 i19"},
        {"On March 6, 12 people were killed at a hostel in Irapuato.",
         "killing Irapuato/municipality 03-06 k12"},
        {"A rival rally is planned in Celaya for March 28.",
         "protest Celaya/municipality 03-28 n1 planned"},
        {"Suman seis los muertos por el ataque del domingo en Celaya.",
         "attack Celaya/municipality 03-08 n1 k6"},
        {"El aeropuerto de Guadalajara canceló este lunes 46 vuelos.",
         "disruption Guadalajara/municipality 03-09 n46"},
        {"The army denied reports that a unit in Tapalpa was attacked. Energy prices in Celaya "
         "have seen "
         "an explosion of costs.",
         ""},
        {"If the bridge at Reynosa were to be blocked for a week, shops would close. The explosion "
         "in Puebla that brokers spoke of did not happen.",
         ""},
        {"Gunmen killed the mayor of Uruapan, Mexico, on Saturday.",
         "attack Uruapan/municipality 03-07 n1 k1"},
        {"The bodies of two men were found on the outskirts of Tijuana, Mexico, on Monday.",
         "killing Tijuana/municipality 03-09 k2"},
        {"Gunmen attacked a police station in Cali, Colombia, with grenades on Tuesday.",
         "explosion Cali/municipality 03-10 n1"},
        {"En El Plateado, Cauca, murieron dos soldados el lunes.",
         "killing El Plateado/point 03-09 k2"},
        {"Secuestran a tres ingenieros en Reynosa, Tamaulipas.",
         "kidnapping Reynosa/municipality 03-11 n3"},
        {"Incendian un autobús en la avenida Vallarta de Guadalajara, Jalisco.",
         "arson Guadalajara/municipality 03-11 n1"},
        {"Matan a policía en Celaya, Guanajuato.", "killing Celaya/municipality 03-11 k1"},
        {"Hallan cadáver en Tepic, Nayarit.", "killing Tepic/municipality 03-11 k1"},
        {"Levantan a empresario en Reynosa, Tamaulipas.",
         "kidnapping Reynosa/municipality 03-11 n1"},
        {"Cuatro muertos por ataque en Salamanca, Guanajuato.",
         "attack Salamanca/municipality 03-11 n1 k4"},
        {"Police officer killed in Peshawar, Pakistan.",
         "attack Peshawar/municipality 03-11 n1 k1"},
        {"Soldier killed, two wounded in Gao, Mali.", "attack Gao/municipality 03-11 n1 k1 i2"},
        {"Hubo 63 detenciones en el estado de Guanajuato el lunes, 17 de ellas en León.",
         "arrest Guanajuato/state 03-09 a63\narrest León de los Aldama/municipality 03-09 a17"},
        {"Boko Haram abducted 270 schoolgirls from Chibok, Nigeria, on Monday.",
         "kidnapping Chibok/municipality 03-09 n270"},
        {"El alcalde de Iguala, Guerrero, perdió la vida el lunes; su escolta resultó herido.",
         "killing Iguala de la Independencia/municipality 03-09 k1 i1"},
        {"Choferes bloquearon el lunes la México-Pachuca, en Ecatepec, Estado de México.",
         "roadblock Ecatepec de Morelos/municipality 03-09 n1"},
        {"Guerrero, weekly bulletin\n\n\u2022 Iguala and Arcelia. Most shops did not open on "
         "Monday.\n"
         "\u2022 Tlapa. Calm.",
         "disruption Arcelia/municipality 03-09\ndisruption Iguala de la "
         "Independencia/municipality "
         "03-09"},
        {"Gunmen took three teachers from their homes in Chilapa, Mexico, on Monday. Residents "
         "fled from "
         "their homes in Tlapa. He took a taxi from his home in Taxco.",
         "kidnapping Chilapa de Álvarez/municipality 03-09 n3"},
        {"Two decapitated men were found in Chilapa, Mexico, on Monday.",
         "killing Chilapa de Álvarez/municipality 03-09 k2"},
        {"Por redes se difundió que hubo un ataque en Tepic, Nayarit.", ""},
        {"En Quibdó, Chocó, el comercio abrió, pero en Istmina y Tadó no circuló el transporte "
         "público "
         "el lunes.",
         "disruption Istmina/municipality 03-09\ndisruption Tadó/municipality 03-09"},
        {"Los cuerpos de dos hombres y una mujer fueron localizados el lunes en San Blas, Nayarit.",
         "killing San Blas/municipality 03-09 k3"},
        {"El lunes concluyó en Culiacán, Sinaloa, con tres civiles muertos y dos militares "
         "lesionados "
         "el operativo que desplegó el Ejército.",
         "operation Culiacán/municipality 03-09 n1 k3 i2"},
        {"Peshawar: A bomb exploded in Kulachi, Pakistan, on Monday, killing two.",
         "explosion Kulachi/municipality 03-09 n1 k2"},
        {"Catorce mineros fueron secuestrados el lunes en Concordia, Sinaloa; diez de ellos fueron "
         "hallados muertos el martes en Mazatlán.",
         "kidnapping Concordia/municipality 03-09 n14\nkilling Mazatlán/municipality 03-10 k10"},
        {"Del 2 al 4 de marzo fueron asesinadas 48 personas en Guanajuato. El reparto:\n\n- "
         "Celaya: 11\n- "
         "Salamanca: 7\n",
         "killing Celaya/municipality 03-02 k11\nkilling Guanajuato/municipality 03-02 k48\n"
         "killing Salamanca/municipality 03-02 k7"},
        {"A march will set off from Puebla, Mexico, on Saturday.",
         "protest Puebla/municipality 03-14 n1 planned"},
        {"Ana Solís, whose son vanished in Puebla, Mexico, in 2013, spoke on Monday.", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = read_text(cases[i].text, "2026-03-11");
        if (strcmp(got, cases[i].lines) != 0) {
            g_test_message("\"%s\"\nexpected:\n%s\ngot:\n%s", cases[i].text, cases[i].lines, got);
            g_test_fail();
        }
    }
}

/* What grows with the square of its input, or faster, does not come back from this. */
static void test_endless_sentences(void)
{
    enum { TIMES = 10000 };
    static const struct {
        const char *begin, *again, *end;
    } cases[] = {
        {"Roadblocks in Celaya", ", Zamora, Uruapan, Tapalpa", " on Monday."},
        {"", "soldiers attacked rebels in Celaya and ", "left."},
        {"Puntos con bloqueo activo este lunes:\n\n",
         "• Uruapan – Carapan, a la altura de Carapan\n", ""},
        {"", "Gunmen killed three police officers in Celaya, Guanajuato, on Tuesday. ", ""},
        {"", "Protesters in Celaya burned a bus and ", "left on Monday."},
        {"", "un muerto en Celaya y ", "dos en León el lunes."},
        {"", "the 1999 shooting in Celaya and ", "another."},
        {"Bombings in Escalón", ", Zamora, Uruapan, Morelia",
         " neighborhoods; gunmen attacked Celaya."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(cases[i].begin);
        for (guint k = 0; k < TIMES; k++)
            g_string_append(text, cases[i].again);
        g_string_append(text, cases[i].end);
        g_autoptr(GPtrArray) incidents = incidents_of(text->str, "2026-03-11");
        g_assert_cmpuint(incidents->len, >, 0);
    }
}

static void test_titles(void)
{
    static const struct {
        im_incident_type type;
        int count, killed;
        const char *title;
    } rows[] = {
        {IM_INCIDENT_ATTACK, 6, 25, "25 people killed in 6 attacks"},
        {IM_INCIDENT_ATTACK, 1, 0, "Attack"},
        {IM_INCIDENT_KILLING, 1, 1, "1 person killed"},
        {IM_INCIDENT_ARSON, 18, 0, "18 vehicles or buildings set on fire"},
        {IM_INCIDENT_ARSON, 18, 2, "2 people killed in arson attack"},
        {IM_INCIDENT_KIDNAPPING, 3, 1, "1 person killed in kidnapping"},
        {IM_INCIDENT_DISRUPTION, 2, 11, "11 people killed in disruption"},
        {IM_INCIDENT_DEPLOYMENT, 1500, 0, "1,500 security personnel deployed"},
        {IM_INCIDENT_ROADBLOCK, 250, 0, "250 roadblocks"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
        im_incident *incident = im_incident_new(rows[i].type);
        incident->count = rows[i].count;
        incident->deaths_best = incident->deaths_unknown = rows[i].killed;
        g_ptr_array_add(one, incident);
        im_incidents_finish(one);
        g_assert_cmpstr(incident->title, ==, rows[i].title);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    gazetteer = im_gazetteer_open(IM_BUILD_DATADIR "/gazetteer.imgz", &error);
    if (!gazetteer)
        g_error("%s", error->message);
    g_test_add_func("/incident/actors", test_actors);
    g_test_add_func("/incident/texts", test_texts);
    g_test_add_func("/incident/endless_sentences", test_endless_sentences);
    g_test_add_func("/incident/titles", test_titles);
    int failed = g_test_run();
    im_gazetteer_free(gazetteer);
    return failed;
}
