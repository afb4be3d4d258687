/** How many columns a grid of cards has, from its computed style. */
const columnsOf = (grid: HTMLElement): number => getComputedStyle(grid).gridTemplateColumns.split(' ').length;

/** Which of the cards that take one column would stand alone in the last row; null if none would. */
export function lonely(spans: readonly ('one' | 'row' | 'tall')[], columns: number): number | null {
  if (columns < 2 || spans.includes('tall')) return null;
  let column = 0;
  let last: number | null = null;
  spans.forEach((span, i) => {
    if (span === 'row') return;
    last = column === 0 ? i : null;
    column = (column + 1) % columns;
  });
  return last;
}

/** Gives a whole row to the card that would leave the others of its row empty. */
export function fillRows(grid: HTMLElement, cards: readonly HTMLElement[]): () => void {
  let columns = 0;
  let shown = '';
  const isRow = (card: HTMLElement) => card.matches('.wide, .sweep, .theory');
  function arrange(): void {
    const visible = cards.filter((card) => !card.hidden);
    const spans = visible.map((card) => (isRow(card) ? 'row' : card.classList.contains('tall') ? 'tall' : 'one'));
    const state = `${columns} ${spans.join(' ')} ${visible.map((card) => card.className.split(' ')[1]).join(' ')}`;
    if (state === shown) return;
    shown = state;
    const alone = lonely(spans, columns);
    visible.forEach((card, i) => {
      card.classList.toggle('alone', i === alone);
    });
  }
  new ResizeObserver(() => {
    columns = columnsOf(grid);
    arrange();
  }).observe(grid);
  return arrange;
}
