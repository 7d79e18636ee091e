import type ProcessRow from '#system/processes/process_row'

/** What the senders say of themselves, together; null when none is alive. */
export function senderSummary(processes: ProcessRow[], now: number) {
  const figures = processes
    .filter((process) => process.isAlive(now))
    .map((process) => process.figures.sender)
    .filter((sender) => sender !== undefined)
  if (figures.length === 0) return null
  const sum = (name: string) => figures.reduce((total, sender) => total + Number(sender[name] ?? 0), 0)
  return { perSecond: sum('per_second'), sent: sum('sent_last_minute'), failed: sum('failed_last_minute') }
}
