import { addressTopic, TRANSFER_TOPIC } from '#chain/contracts/usdt'

/** Addresses and topics to ask a node for; the blocks are added by whoever asks. */
export interface LogQuestion {
  address: string | string[]
  topics: Array<string | string[] | null>
}

export interface Followed {
  usdt: string
  raffle: string
  raffleTopics: string[]
}

/** Nodes take about a thousand values in one place of a filter. */
export const ADDRESSES_A_QUESTION = 500

/** Reading so many logs of no concern costs about as much as one more question. */
const LOGS_WORTH_A_QUESTION = 500

/** All transfers of the token: one question, however many wallets there are. */
export const wholeQuestion = ({ usdt, raffle, raffleTopics }: Followed): LogQuestion[] => [
  { address: [usdt, raffle], topics: [[TRANSFER_TOPIC, ...raffleTopics]] },
]

/** Transfers from and to these addresses alone, in chunks. */
export function chosenQuestions({ usdt, raffle, raffleTopics }: Followed, wallets: string[]): LogQuestion[] {
  const addresses = [raffle, ...wallets].map(addressTopic)
  const questions: LogQuestion[] = [{ address: raffle, topics: [raffleTopics] }]
  for (let start = 0; start < addresses.length; start += ADDRESSES_A_QUESTION) {
    const chunk = addresses.slice(start, start + ADDRESSES_A_QUESTION)
    questions.push({ address: usdt, topics: [TRANSFER_TOPIC, chunk] })
    questions.push({ address: usdt, topics: [TRANSFER_TOPIC, null, chunk] })
  }
  return questions
}

/** Whether taking all transfers of so many blocks and dropping most is less work. Unknown density: it is not tried. */
export function isWholeCheaper(logsABlock: number | null, blocks: number, wallets: number) {
  if (logsABlock === null) return false
  const saved = 2 * Math.ceil((wallets + 1) / ADDRESSES_A_QUESTION)
  return logsABlock * blocks <= saved * LOGS_WORTH_A_QUESTION
}
