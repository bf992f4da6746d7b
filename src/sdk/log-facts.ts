/** What is known of a call or a message beyond the text of its log: for connectors that keep it in fields of the CRM. */

import type { LogContact, Submission } from "./connector.ts";

/** A call, changed or not; where its content was forgotten, what the latest change said. */
export interface KnownCall {
  readonly sessionId: string;
  readonly contact: LogContact;
  /** With what was filled in for logging without a browser, where nobody's browser logged it. */
  readonly submission: Submission;
  readonly facts: CallFacts;
  /** Nobody's browser logged it. */
  readonly isLoggedByService: boolean;
}

/** A conversation of which the record may lack something. */
export interface KnownConversation {
  readonly contact: LogContact;
  /** With what was filled in for logging without a browser, where nobody's browser logged it. */
  readonly submission: Submission;
  /** The messages that the record may lack, oldest first. */
  readonly added: readonly LoggedMessage[];
  /** False where it is not known which messages stand in the record. */
  readonly isBaseKnown: boolean;
  /** Among the added, one that an earlier attempt may have written. */
  readonly doubtful?: string | undefined;
}

/** Times in epoch milliseconds, durations in whole seconds. What is absent is not known, or not yet. */
export interface CallFacts {
  /** RingCentral's other name for the session, where the client told it. */
  readonly telephonySessionId?: string | undefined;
  readonly direction?: "Inbound" | "Outbound" | undefined;
  readonly startedAt?: number | undefined;
  readonly durationSeconds?: number | "pending" | undefined;
  readonly result?: string | undefined;
  readonly note?: string | undefined;
  readonly contactNumber?: string | undefined;
  readonly agentName?: string | undefined;
  readonly agentNumber?: string | undefined;
  readonly agentExtension?: string | undefined;
  /** An http link, or "(pending...)". */
  readonly recordingLink?: string | undefined;
  readonly voicemailLink?: string | undefined;
  readonly aiNote?: string | undefined;
  readonly transcript?: string | undefined;
  readonly ringSenseTranscript?: string | undefined;
  readonly ringSenseSummary?: string | undefined;
  readonly ringSenseAiScore?: string | undefined;
  readonly ringSenseBulletedSummary?: string | undefined;
  readonly ringSenseLink?: string | undefined;
  readonly legs?: readonly CallLeg[] | undefined;
}

export interface CallLeg {
  readonly direction?: "Inbound" | "Outbound" | undefined;
  readonly from?: CallParty | undefined;
  readonly to?: CallParty | undefined;
  readonly duration?: number | undefined;
}

export interface CallParty {
  readonly name?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly extensionNumber?: string | undefined;
}

/** One message of a conversation. */
export interface LoggedMessage {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly author: string;
  readonly direction?: "Inbound" | "Outbound" | undefined;
  /** As it stands in the log: the words, and a line for each link. */
  readonly text: string;
  /** The words alone, where they differ. */
  readonly words?: string | undefined;
  readonly links?: readonly MessageLink[] | undefined;
}

/** What was attached to a message, as an address without a token. */
export interface MessageLink {
  readonly kind: "voicemail" | "fax" | "image" | "video" | "attachment";
  readonly address: string;
}
