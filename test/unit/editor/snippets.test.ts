import { afterAll, describe, expect, it } from 'vitest';
import { entries, plainText, type Snippet, snippetText, statements } from '../../../extension/editor/snippets.ts';
import { LabFolder } from '../engine/labFile.ts';
import { endClients, eventsOf, of, startClient } from '../engine/startClient.ts';

const folder = new LabFolder();
let engine: ReturnType<typeof startClient> | null = null;
afterAll(async () => {
  await endClients();
  folder.remove();
});

/** What is wrong with a file when it runs. */
async function failuresOf(name: string, body: string, imports: readonly string[]): Promise<string[]> {
  engine ??= startClient();
  const file = folder.write(
    `${name}.lab.ts`,
    `import { ${[...new Set(imports)].join(', ')} } from 'depth-lab';\n${body}`,
  );
  const events = await eventsOf(engine, file);
  expect(of(events, 'ended')).toHaveLength(1);
  const claims = of(events, 'claimed').flatMap((event) => event.claims.map(({ error }) => error ?? []));
  return [...of(events, 'failed').map(({ failure }) => failure.message), ...claims.flat()];
}

const problems: Record<string, string> = {
  factorization: 'matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 20 })',
};

function around(
  { label }: Snippet,
  parts: { parameterizations?: string; optimizers?: string; claims?: string },
): string {
  return `experiment('a', {
  problem: ${problems[label] ?? 'regression({ dimension: 20, train: 30 })'},
  parameterizations: { ${parts.parameterizations ?? "'linear': linear(), 'deep': deepLinear({ depth: 2 })"} },
  optimizers: { ${parts.optimizers ?? 'GD: gd({ rate: 0.01 }), NGD: ngd({ rate: 0.01 })'} },
  steps: 3,
  claims: { ${parts.claims ?? ''} },
});`;
}

const common = ['experiment', 'regression', 'matrixCompletion', 'separable', 'linear', 'deepLinear', 'gd', 'ngd'];

describe('what is offered runs as it is', () => {
  it.each(statements.map((one) => [one.label, one] as const))('%s', async (label, { body, imports }) => {
    const short = plainText(body).replace('steps: 1000', 'steps: 3');
    expect(await failuresOf(label, short, imports)).toEqual([]);
  });

  it.each(
    (['parameterizations', 'optimizers', 'claims'] as const).flatMap((kind) =>
      entries[kind].map((one) => [kind, one.label, one] as const),
    ),
  )('%s: %s', async (kind, label, snippet) => {
    let text = around(snippet, { [kind]: plainText(snippet.body) });
    if (label === 'angle') text = text.replace('regression(', 'separable(');
    expect(await failuresOf(label, text, [...common, ...snippet.imports])).toEqual([]);
  });
});

it('is written in the notation of VS Code', () => {
  const written = ['{1:w}', '{2:u: {\\}}', '{3|a,b|}'].map((one) => `$${one}`);
  expect(snippetText('«1:w» «2:u: {}» «3|a,b»')).toBe(written.join(' '));
});
