// The widget of Answerable for TypeScript: put this file beside your sources.

export interface AnswerableFields {
  email?: string;
  phone?: string;
  post?: string;
  preferred_way?: string;
  name?: string;
  subject?: string;
  description?: string;
  category?: string;
  /** A date, such as 2026-03-02. */
  occurred_on?: string;
  remedy_sought?: string;
  product?: string;
  order_number?: string;
  place?: string;
  earlier_reference?: string;
  taken_elsewhere?: string;
  special_needs?: string;
  /** An own field of the site. */
  [field: `fields.${string}`]: string;
}

export interface AnswerableWidget {
  /** Opens the dialog; the focus returns to where it was when it closes. */
  open(): Promise<unknown>;
  /** Closes the dialog; what was typed stays. */
  close(): void;
  /** Fills fields that are still empty, now or when it opens next. It never gives consent. */
  prefill(values: AnswerableFields): void;
}

declare global {
  interface Window {
    /** There once the script has run. */
    Answerable?: AnswerableWidget;
  }
  interface DocumentEventMap {
    "answerable:open": CustomEvent<null>;
    "answerable:close": CustomEvent<null>;
    /** The complaint was taken under this reference. */
    "answerable:sent": CustomEvent<{ reference: string }>;
  }
}
