/** What a draft is for. */
export type Genre = "confession" | "apology" | "letter" | "reply" | "gratitude" | "promise" | "plan" | "message";

/** A place in the draft; `utf16_start` and `utf16_end` count as JavaScript does. */
export interface Span {
  start: number;
  end: number;
  line: number;
  column: number;
  utf16_start: number;
  utf16_end: number;
}

/** A wording that may hurt more. */
export interface Finding {
  check: string;
  severity: "normal" | "strong" | "interrupt";
  confidence: number;
  origin: "rule" | "model";
  span: Span;
  title: string;
  why: string;
  question: string;
  sources: string[];
  pattern: string;
  fingerprint: string;
}

/** Everything that is said about one draft. Holds no word of it. */
export interface CheckDocument {
  schema: 1;
  reading: "read" | "empty" | "other-language";
  genre: Genre | null;
  findings: Finding[];
  elements: {
    present: { check: string; span: Span; confidence: number }[];
    missing: { check: string; title: string; why: string; pattern: string }[];
  };
  commitments: {
    span: Span;
    who: "i" | "we" | "other";
    action: Span;
    when: Span | null;
    bounded: boolean;
    own_control: boolean;
  }[];
  safety: { kind: "threat" | "self-harm" | "fear" | "used-force" }[];
  explains_before_owning: boolean;
  /** Indices of the findings to show: at most three. */
  hints: number[];
}
