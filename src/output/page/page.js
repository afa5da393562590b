/* What makes the page of html.c move: pan and zoom of the map, filters, and the way from a mark to what is told
 * of it and back. Without it, map and list are there all the same. Texts are never parsed as HTML. */
'use strict';
(() => {
  const MOST_ZOOM = 40;
  const map = document.querySelector('.map');
  const svg = map.querySelector('svg');
  const box = svg.viewBox.baseVal;
  const rows = [...document.querySelectorAll('ol.incidents > li')];
  const marks = new Map();
  const view = { x: 0, y: 0, zoom: 1 };

  /* ---- the map's layers, each in a group that moves; furniture stays ---- */

  /* What is turned already is put into a group that can be transformed. */
  function keepStill(child) {
    let still = child;
    if (child.hasAttribute('transform')) {
      still = document.createElementNS(svg.namespaceURI, 'g');
      child.replaceWith(still);
      still.append(child);
    }
    still.classList.add('still');
    if (!child.dataset.pin) return;
    const [x, y] = child.dataset.pin.split(' ');
    still.style.transformBox = 'view-box';
    still.style.transformOrigin = `${x}px ${y}px`;
  }

  const moving = [];
  for (const layer of svg.querySelectorAll(':scope > g[clip-path]')) {
    const inner = document.createElementNS(svg.namespaceURI, 'g');
    inner.append(...layer.childNodes);
    layer.append(inner);
    moving.push(inner);
    const things = layer.id === 'marks' || layer.id === 'labels' || layer.id === 'names' || layer.id === 'places';
    for (const child of [...inner.children]) if (things || child.dataset.pin) keepStill(child);
    if (!things) layer.classList.add('lines');
  }
  const atHomeOnly = ['scale', 'locator'].map(id => svg.getElementById(id)).filter(Boolean);

  function show() {
    const reach = view.zoom - 1;
    view.x = Math.min(0, Math.max(-box.width * reach, view.x));
    view.y = Math.min(0, Math.max(-box.height * reach, view.y));
    for (const group of moving)
      group.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.zoom})`);
    svg.style.setProperty('--zoom', view.zoom);
    svg.classList.toggle('magnified', view.zoom !== 1);
    for (const group of atHomeOnly) group.style.visibility = view.zoom === 1 ? '' : 'hidden';
  }

  /* Where an event is in the drawing. */
  function place(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: at.x, y: at.y };
  }

  function zoomAt(at, factor) {
    const zoom = Math.min(MOST_ZOOM, Math.max(1, view.zoom * factor));
    view.x = at.x - (at.x - view.x) * zoom / view.zoom;
    view.y = at.y - (at.y - view.y) * zoom / view.zoom;
    view.zoom = zoom;
    show();
  }

  function moveBy(x, y) {
    view.x += x;
    view.y += y;
    show();
  }

  const middle = () => ({ x: box.width / 2, y: box.height / 2 });

  function goHome() {
    Object.assign(view, { x: 0, y: 0, zoom: 1 });
    show();
  }

  /* ---- pointers: one drags, two pinch ---- */

  const pointers = new Map();
  let dragged = false;
  const apart = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y);

  svg.addEventListener('pointerdown', event => {
    pointers.set(event.pointerId, place(event));
    dragged = false;
  });
  svg.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    if (!dragged) svg.setPointerCapture(event.pointerId);
    dragged = true;
    map.classList.add('dragging');
    if (pointers.size === 2) {
      const was = apart([...pointers.values()]);
      pointers.set(event.pointerId, now);
      const [a, b] = [...pointers.values()];
      if (was > 0) zoomAt({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, apart([a, b]) / was);
    } else {
      pointers.set(event.pointerId, now);
      moveBy(now.x - before.x, now.y - before.y);
    }
  });
  for (const end of ['pointerup', 'pointercancel'])
    svg.addEventListener(end, event => {
      pointers.delete(event.pointerId);
      map.classList.remove('dragging');
    });
  svg.addEventListener('wheel', event => {
    event.preventDefault();
    zoomAt(place(event), Math.exp(-event.deltaY * 0.002));
  }, { passive: false });
  svg.addEventListener('keydown', event => {
    const step = 60;
    const keys = {
      '+': () => zoomAt(middle(), 1.5), '=': () => zoomAt(middle(), 1.5), '-': () => zoomAt(middle(), 1 / 1.5),
      '0': goHome, ArrowLeft: () => moveBy(step, 0), ArrowRight: () => moveBy(-step, 0),
      ArrowUp: () => moveBy(0, step), ArrowDown: () => moveBy(0, -step),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  svg.setAttribute('tabindex', '0');
  document.getElementById('zoom-in').addEventListener('click', () => zoomAt(middle(), 1.5));
  document.getElementById('zoom-out').addEventListener('click', () => zoomAt(middle(), 1 / 1.5));
  document.getElementById('zoom-home').addEventListener('click', goHome);

  /* ---- from marks to rows and back ---- */

  const rowsOf = new Map();
  for (const row of rows)
    if (row.dataset.mark) {
      if (!rowsOf.has(row.dataset.mark)) rowsOf.set(row.dataset.mark, []);
      rowsOf.get(row.dataset.mark).push(row);
    }

  function pick(id, chosen) {
    for (const old of document.querySelectorAll('.picked')) old.classList.remove('picked');
    const mark = marks.get(id);
    if (mark) mark.classList.add('picked');
    for (const row of chosen) row.classList.add('picked');
  }

  function pickMark(id) {
    const told = (rowsOf.get(id) || []).filter(row => !row.hidden);
    pick(id, told);
    if (told.length === 0) return;
    told[0].scrollIntoView({ block: 'nearest' });
    told[0].querySelector('button').focus({ preventScroll: true });
  }

  /* Brings the mark of a row to the middle when the map is magnified. */
  function pickRow(row) {
    pick(row.dataset.mark, [row]);
    const mark = marks.get(row.dataset.mark);
    if (!mark || view.zoom === 1) return;
    const at = mark.getBBox(), to = middle();
    view.x = to.x - (at.x + at.width / 2) * view.zoom;
    view.y = to.y - (at.y + at.height / 2) * view.zoom;
    show();
  }

  for (const mark of svg.querySelectorAll('g.mark')) {
    marks.set(mark.id, mark);
    mark.setAttribute('tabindex', '0');
    mark.setAttribute('role', 'button');
    mark.addEventListener('click', () => { if (!dragged) pickMark(mark.id); });
    mark.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      pickMark(mark.id);
    });
  }
  for (const row of rows) row.querySelector('button').addEventListener('click', () => pickRow(row));

  /* ---- filters ---- */

  const filters = document.getElementById('filters');
  const count = document.getElementById('count');
  const from = filters.elements.from, to = filters.elements.to, words = filters.elements.words;
  const types = [...filters.querySelectorAll('input[name=type]')];
  const folded = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const texts = new Map(rows.map(row => [row, folded(row.textContent)]));

  function filter() {
    const wanted = new Set(types.filter(box => box.checked).map(box => box.value));
    const said = folded(words.value.trim());
    let shown = 0;
    for (const row of rows) {
      const { type, first, last } = row.dataset;
      row.hidden = !wanted.has(type) || (from.value && (last || first || '9') < from.value) ||
        (to.value && (first || '') > to.value) || !texts.get(row).includes(said);
      shown += !row.hidden;
    }
    for (const [id, mark] of marks) {
      const told = rowsOf.get(id);
      const counts = mark.classList.contains('bin') || !told;
      mark.classList.toggle('filtered', !counts && told.every(row => row.hidden));
    }
    count.textContent = shown === rows.length ? `${rows.length} incidents` : `${shown} of ${rows.length} incidents`;
  }
  filters.addEventListener('input', filter);
  filters.addEventListener('submit', event => event.preventDefault());
  filters.hidden = false;
  map.querySelector('.controls').hidden = false;
  show();
  filter();
})();
