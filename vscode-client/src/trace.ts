import { Disposable, type Event, EventEmitter, LogLevel, type LogOutputChannel, workspace } from "vscode";
import { isTraced } from "./configuration";
import { SECTION } from "./settings";

/**
 * The output as a place for traces, whose level follows the setting gruLint.trace.server.
 *
 * The language client traces only at the level Trace, which a person would have to set for the
 * output besides: here the setting alone is enough.
 */
export function traceChannel(output: LogOutputChannel): LogOutputChannel {
  const level = (): LogLevel => (isTraced() ? LogLevel.Trace : LogLevel.Off);
  const levelOnChange: Event<LogLevel> = (listener, thisArgument, disposables) => {
    const emitter = new EventEmitter<LogLevel>();
    const subscription = emitter.event(listener, thisArgument, disposables);
    const setting = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.trace.server`)) emitter.fire(level());
    });
    return Disposable.from(setting, subscription, emitter);
  };
  // A channel of VS Code may be frozen: what stands for it must be another object.
  return new Proxy({} as LogOutputChannel, {
    get: (_, key) => {
      if (key === "logLevel") return level();
      if (key === "onDidChangeLogLevel") return levelOnChange;
      if (key === "trace") return output.info.bind(output);
      return Reflect.get(output, key, output) as unknown;
    },
  });
}
