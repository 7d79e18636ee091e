import { TelegramRefusal, TelegramUnreachable } from '#core/contracts/telegram_gateway'

interface Answer {
  ok: boolean
  result?: unknown
  error_code?: number
  description?: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
}

/** Result of a call, or the error that the answer means. */
export function readAnswer<T>(method: string, httpStatus: number, body: string): T {
  const answer = parse(body)
  if (!answer) {
    throw new TelegramUnreachable(method, true, { detail: `HTTP ${httpStatus} without an answer of the Bot API` })
  }
  if (answer.ok) return answer.result as T
  throw new TelegramRefusal(
    method,
    answer.error_code ?? httpStatus,
    answer.description ?? 'no description',
    answer.parameters?.retry_after ?? null,
    answer.parameters?.migrate_to_chat_id ?? null
  )
}

function parse(body: string): Answer | null {
  try {
    const answer = JSON.parse(body)
    return typeof answer?.ok === 'boolean' ? answer : null
  } catch {
    return null
  }
}
