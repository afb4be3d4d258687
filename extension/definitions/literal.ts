/** Evaluates string literals statically. */
import type { SyntaxNode } from '@lezer/common';

const SIMPLE_ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };

/**
 * The value of a string literal or of a template without substitution; null for anything else, including unterminated
 * literals.
 */
export function literalValue(node: SyntaxNode, source: string): string | null {
  const text = source.slice(node.from, node.to);
  const quote = text[0];
  const isLiteral = node.name === 'String' || (node.name === 'TemplateString' && !node.getChild('Interpolation'));
  if (!isLiteral || text.length < 2 || text[text.length - 1] !== quote) return null;
  return cooked(text.slice(1, -1));
}

function cooked(text: string): string {
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_all, braced?: string, four?: string, two?: string, single?: string) => {
      const code = braced ?? four ?? two;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '';
      }
      if (single === undefined || /^[\r\n\u2028\u2029]/.test(single)) return '';
      return SIMPLE_ESCAPES[single] ?? single;
    },
  );
}
