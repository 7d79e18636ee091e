export type ProcessFigures = Record<string, string | number | boolean | null>

/** What each process tells the others about itself by its heartbeat; the panel's health page shows it. */
export abstract class ProcessJournal {
  /** This process now serves as `web`, `worker`, ...; its heartbeat begins with the first role. */
  abstract enter(role: string): Promise<void>
  /** Figures told with each heartbeat, such as the sender's rate. Called often: keep it cheap. */
  abstract publish(name: string, figures: () => ProcessFigures): void
}
