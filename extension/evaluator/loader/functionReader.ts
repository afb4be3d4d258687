/**
 * Reads user functions with the inspector: `toString()` returns the text, but neither the location in the file nor the
 * captured values. An in-process inspector session provides both, without attaching a debugger.
 */
import { type Debugger, type Runtime, Session } from 'node:inspector';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionReader, FunctionSource, UserFunction } from '../../lab/compiler/source/functionSource.ts';
import { DefinitionError, type Place } from '../../lab/errors.ts';
import { placeAt } from './syntaxError.ts';

/** A global slot for passing values between the inspector and this module. */
const slot = Symbol.for('depth-lab inspected value');
const exchange = globalThis as { [slot]?: unknown };
const SLOT = `globalThis[Symbol.for('depth-lab inspected value')]`;

/** Of this thread. It stays open, because to enable it costs as much as to plan a small experiment. */
let inspector: Inspector | null = null;

/** Provides a function reader while `use` runs: what functions capture is read once in this time. */
export function withFunctionReader<T>(use: (read: FunctionReader) => T): T {
  inspector ??= new Inspector();
  const open = inspector;
  const known = new Map<UserFunction, FunctionSource>();
  return use((fn) => {
    const source = known.get(fn) ?? open.read(fn);
    known.set(fn, source);
    return source;
  });
}

/** The `import.meta` of a module, without its functions. */
function metaOf(url: string): Record<string, unknown> {
  const filename = fileURLToPath(url);
  return { dirname: dirname(filename), filename, url };
}

class Inspector {
  private readonly session = new Session();
  private readonly urls = new Map<string, string>();

  constructor() {
    this.session.connect();
    this.session.on('Debugger.scriptParsed', ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
      this.urls.set(params.scriptId, params.url);
    });
    this.post('Debugger.enable');
    // A `debugger` statement is not for this session.
    this.post('Debugger.setSkipAllPauses', { skip: true });
  }

  read(fn: UserFunction): FunctionSource {
    exchange[slot] = fn;
    const { result } = this.post<Runtime.EvaluateReturnType>('Runtime.evaluate', { expression: SLOT });
    const { internalProperties = [] } = this.post<Runtime.GetPropertiesReturnType>('Runtime.getProperties', {
      objectId: result.objectId,
      ownProperties: true,
    });
    const internal = (name: string) => internalProperties.find((property) => property.name === name)?.value;
    const text = fn.toString();
    const location: Debugger.Location | undefined = internal('[[FunctionLocation]]')?.value;
    const url = location && this.urls.get(location.scriptId);
    if (url?.startsWith('node:')) throw new DefinitionError('the source code of this function is not available');
    return {
      text,
      start: this.placeOf(text, location, url),
      meta: url?.startsWith('file:') ? metaOf(url) : null,
      resolve: this.resolver(internal('[[Scopes]]')?.objectId),
    };
  }

  /** The start of a function's text; V8's location may be inside the text. */
  private placeOf(text: string, location: Debugger.Location | undefined, url: string | undefined): Place | null {
    if (!location || !url?.startsWith('file:')) return null;
    const { scriptSource } = this.post<Debugger.GetScriptSourceReturnType>('Debugger.getScriptSource', {
      scriptId: location.scriptId,
    });
    const lines = scriptSource.split('\n');
    const before = lines.slice(0, location.lineNumber).reduce((length, line) => length + line.length + 1, 0);
    const start = scriptSource.lastIndexOf(text, before + (location.columnNumber ?? 0));
    if (start < 0) return null;
    return placeAt(fileURLToPath(url), scriptSource, start);
  }

  /** Looks a name up in the function's scopes, innermost first. */
  private resolver(scopes: string | undefined): (name: string) => unknown {
    const chain = scopes === undefined ? [] : this.scopesOf(scopes);
    return (name) => {
      for (const variables of chain) {
        const value = variables.get(name);
        if (value) return this.valueOf(value);
      }
      if (name in globalThis) return Reflect.get(globalThis, name);
      throw new ReferenceError(`${name} is not defined`);
    };
  }

  private scopesOf(objectId: string): Map<string, Runtime.RemoteObject>[] {
    return this.propertiesOf(objectId).flatMap(({ value }) => {
      if (!value?.objectId || value.description?.startsWith('Global')) return [];
      const variables = this.propertiesOf(value.objectId);
      return [
        new Map(variables.flatMap((variable) => (variable.value ? [[variable.name, variable.value] as const] : []))),
      ];
    });
  }

  private propertiesOf(objectId: string): Runtime.PropertyDescriptor[] {
    return this.post<Runtime.GetPropertiesReturnType>('Runtime.getProperties', { objectId, ownProperties: true })
      .result;
  }

  /** The value of a remote object. */
  private valueOf({ type, value, objectId, unserializableValue }: Runtime.RemoteObject): unknown {
    if (unserializableValue !== undefined) return Number(unserializableValue);
    if (objectId === undefined) return type === 'undefined' ? undefined : value;
    this.post('Runtime.callFunctionOn', { objectId, functionDeclaration: `function () { ${SLOT} = this; }` });
    const found = exchange[slot];
    exchange[slot] = undefined;
    return found;
  }

  /** Within one thread the session responds synchronously. */
  private post<T>(method: string, parameters?: object): T {
    let answer: { error: Error | null; result?: T } | undefined;
    this.session.post(method, parameters, (error: Error | null, result?: unknown) => {
      answer = { error, result: result as T };
    });
    if (!answer) throw new Error(`the inspector did not answer ${method}`);
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as T;
  }
}
