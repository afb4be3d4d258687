import { shownName } from '../../extension/report/shownName.ts';
import { type CellStyle, translucent } from '../palette.ts';
import type { ScatterChart } from './chartjs.ts';
import { type CellErrors, cellText } from './errors.ts';
import type { ChartInput } from './input.ts';
import { scalesOf } from './scales.ts';
import { shorten } from './shorten.ts';

/**
 * Draws the background of the generalization chart: a name for each row, the gap as a bar, the spread of the test error
 * as a whisker, and the numbers on the right.
 */
export function drawRows(
  chart: ScatterChart,
  rows: readonly { errors: CellErrors; style: CellStyle }[],
  { theme, grid }: ChartInput,
): void {
  const { ctx, chartArea } = chart;
  const scales = scalesOf(chart);
  const { size, family } = theme.font;
  const height = Math.min(14, ((chartArea.bottom - chartArea.top) / Math.max(1, rows.length)) * 0.5);
  ctx.save();
  ctx.textBaseline = 'middle';
  rows.forEach(({ errors, style }, row) => {
    const { cell, trainSpread, testSpread } = errors;
    const y = scales.y.getPixelForValue(row);
    const first = rows[row - 1]?.errors.cell.parameterization !== cell.parameterization;
    const edge = scales.y.getPixelForValue(row - 0.5);

    if (first && row > 0) {
      ctx.strokeStyle = theme.gridLines;
      ctx.lineWidth = 1;
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(4, edge);
      ctx.lineTo(chart.width - 4, edge);
      ctx.stroke();
    }

    // Every row names its optimizer; only the first row of a parameterization names it.
    ctx.textAlign = 'right';
    const widthOf = (text: string) => ctx.measureText(text).width;
    const right = chartArea.left - 8;
    const rowHeight = scales.y.getPixelForValue(row + 0.5) - edge;
    ctx.font = `${size}px ${family}`;
    ctx.fillStyle = theme.muted;
    const twoLines = rowHeight >= size * 2 + 6;
    const optimizer = shorten(shownName(cell.optimizer), right - 4, widthOf);
    ctx.fillText(optimizer, right, twoLines ? y + size * 0.65 : y);
    const taken = twoLines ? 0 : widthOf(optimizer) + 8;
    if (first || twoLines) {
      ctx.font = `bold ${size}px ${family}`;
      ctx.fillStyle = style.colour;
      ctx.fillText(
        shorten(shownName(cell.parameterization), right - 4 - taken, widthOf),
        right - taken,
        twoLines ? y - size * 0.65 : y,
      );
    }

    if (trainSpread && testSpread) {
      const from = scales.x.getPixelForValue(trainSpread.mean);
      const to = scales.x.getPixelForValue(testSpread.mean);
      ctx.fillStyle = translucent(style.colour, 0.26);
      ctx.fillRect(Math.min(from, to), y - height / 2, Math.abs(to - from), height);
      ctx.strokeStyle = style.colour;
      ctx.lineWidth = 1.25;
      ctx.setLineDash([...style.dash]);
      ctx.strokeRect(Math.min(from, to), y - height / 2, Math.abs(to - from), height);
      ctx.setLineDash([]);
      if (testSpread.deviation !== null) {
        const low = Math.max(chartArea.left, scales.x.getPixelForValue(testSpread.mean - testSpread.deviation));
        const high = Math.min(chartArea.right, scales.x.getPixelForValue(testSpread.mean + testSpread.deviation));
        ctx.strokeStyle = style.colour;
        ctx.lineWidth = 2;
        ctx.beginPath();
        ctx.moveTo(low, y);
        ctx.lineTo(high, y);
        ctx.stroke();
      }
    }

    ctx.textAlign = 'left';
    ctx.font = `${size + 1}px ${family}`;
    ctx.fillStyle = theme.foreground;
    const { value, lost, short } = cellText(errors, grid);
    const isPair = lost !== '' && twoLines;
    ctx.fillText(isPair ? value : short, chartArea.right + 10, isPair ? y - size * 0.65 : y);
    if (!isPair) return;
    ctx.font = `${size - 1}px ${family}`;
    ctx.fillStyle = theme.muted;
    ctx.fillText(lost, chartArea.right + 10, y + size * 0.65);
  });
  ctx.restore();
}
