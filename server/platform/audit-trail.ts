/** What happened, for the audit: names, titles and ids only, never other words. Absent in an event is '' in its row. */
export interface AuditEvent {
  procedure: string;
  /** '' where the procedure declares no line of its own: it failed, or it was turned away. */
  verb: string;
  objectKind: string;
  objectId: string;
  objectName: string;
  detail: string;
  /** '' for nobody we know. */
  personId: string;
  personName: string;
  /** Where the call came from. */
  address: string;
  /** `ok`, or the code and the reason of the failure. */
  outcome: string;
  reason: string;
}

/** Where dispatch and the doors put what happened. */
export interface AuditTrail {
  /** Durable when resolved; throws when it cannot be stored. */
  record(event: AuditEvent): Promise<void>;
  /**
   * A failed attempt: one row for each kind (procedure, outcome, reason) and address in a minute, with a count. Resolves when its row
   * is stored or it is only counted; never throws.
   */
  refused(event: AuditEvent): Promise<void>;
}

export const NO_EVENT: AuditEvent = {
  procedure: '',
  verb: '',
  objectKind: '',
  objectId: '',
  objectName: '',
  detail: '',
  personId: '',
  personName: '',
  address: '',
  outcome: 'ok',
  reason: '',
};
