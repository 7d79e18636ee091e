export const HEARTBEAT_MS = 10_000

/** A process that has been silent for that long is taken for dead. */
export const SILENCE_MS = 35_000
