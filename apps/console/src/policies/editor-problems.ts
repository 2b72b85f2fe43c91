import { diagnosticCount, forEachDiagnostic, type Diagnostic } from '@codemirror/lint';
import { RangeSetBuilder, type Text } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view';
import type { PolicyProblem } from '../api/types.js';

/** The API's problems, by line and column, as the editor marks them. */
export const diagnosticsOf = (doc: Text, problems: readonly PolicyProblem[]): Diagnostic[] =>
  problems
    .map(({ line, column, severity, message }) => {
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
      const from = Math.min(at.from + Math.max(column, 1) - 1, at.to);
      return { from, to: Math.max(from, at.to), severity, message };
    })
    .sort((one, other) => one.from - other.from);

const wrongLine = Decoration.line({ class: 'cm-wrongLine' });

/** Tints whole lines that have an error, so that they are seen from afar. */
export const errorLines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = wrongLines(view);
    }

    update({ view }: { view: EditorView }): void {
      this.decorations = wrongLines(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function wrongLines(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  if (diagnosticCount(view.state) === 0) return builder.finish();
  const starts = new Set<number>();
  forEachDiagnostic(view.state, ({ severity }, from) => {
    if (severity === 'error') starts.add(view.state.doc.lineAt(from).from);
  });
  for (const start of [...starts].sort((one, other) => one - other)) {
    builder.add(start, start, wrongLine);
  }
  return builder.finish();
}
