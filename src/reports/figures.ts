/** The figures of a report, under the names that App Connect's clients read, and some that only ours has. */

export interface CountedCall {
  sessionId: string;
  direction: "Inbound" | "Outbound";
  isConnected: boolean;
  /** In conversation. */
  seconds: number;
}

export interface CallFigures {
  inboundCallCount: number;
  outboundCallCount: number;
  /** Of the inbound ones. */
  answeredCallCount: number;
  /** Inbound ones that nobody of these answered, whatever became of them. */
  missedCallCount: number;
  /** Of the inbound ones, such as "66.67%". */
  answeredCallPercentage: string;
  /** Minutes in conversation, with two decimals. */
  totalTalkTime: number;
  /** Minutes for each call in which there was a conversation. */
  averageTalkTime: number;
  /** How many have a record in the CRM. */
  loggedCallCount: number;
}

export function figuresOf(calls: readonly CountedCall[], logged: ReadonlySet<string>): CallFigures {
  const inbound = calls.filter(({ direction }) => direction === "Inbound");
  const answered = inbound.filter(({ isConnected }) => isConnected).length;
  const connected = calls.filter(({ isConnected }) => isConnected).length;
  const minutes = calls.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return {
    inboundCallCount: inbound.length,
    outboundCallCount: calls.length - inbound.length,
    answeredCallCount: answered,
    missedCallCount: inbound.length - answered,
    answeredCallPercentage: inbound.length === 0 ? "0%" : `${((answered / inbound.length) * 100).toFixed(2)}%`,
    totalTalkTime: rounded(minutes),
    averageTalkTime: connected === 0 ? 0 : rounded(minutes / connected),
    loggedCallCount: calls.filter(({ sessionId }) => logged.has(sessionId)).length,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
