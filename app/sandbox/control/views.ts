import { privateChat } from '#sandbox/state/customers'
import type { Chat, Customer, Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

/** A line of the page's chat list. */
export interface ChatSummary {
  id: number
  type: Chat['type']
  title: string
  username?: string
  language_code?: string
  blocked: boolean
  started: boolean
  deactivated: boolean
  unread: number
  last?: { text: string; date: number; outgoing: boolean }
}

export function chatSummary(world: World, chat: Chat, customer?: Customer): ChatSummary {
  const log = world.messages.peek(chat.id)
  const last = world.messages.last(chat.id)
  return {
    id: chat.id,
    type: chat.type,
    title: chat.title ?? [chat.first_name, chat.last_name].filter(Boolean).join(' '),
    ...(chat.username && { username: chat.username }),
    ...(customer?.language_code && { language_code: customer.language_code }),
    blocked: customer?.blocked ?? false,
    started: customer?.started ?? true,
    deactivated: customer?.deactivated ?? false,
    unread: log?.unread ?? 0,
    ...(last && { last: preview(world, last) }),
  }
}

/** Latest talk first, then those nobody has talked as yet. */
export function listChats(world: World, search: string, limit: number): ChatSummary[] {
  const wanted = search.trim().toLowerCase()
  const customers = [...world.customers.all()].filter(
    (customer) => wanted || customer.listed || hasTalk(world, customer.id)
  )
  const ranged = rangedChatIds(world).flatMap((id) => world.customers.find(id) ?? [])
  const exact = /^\d+$/.test(wanted) ? world.customers.find(Number(wanted)) : undefined
  const people = new Map(
    [...customers, ...ranged, ...(exact ? [exact] : [])].map((customer) => [customer.id, customer])
  )
  const summaries = [
    ...[...people.values()].map((customer) => chatSummary(world, privateChat(customer), customer)),
    ...[...world.groups.all()].map(({ chat }) => chatSummary(world, chat)),
  ]
  return summaries
    .filter((chat) => !wanted || `${chat.title} ${chat.username ?? ''} ${chat.id}`.toLowerCase().includes(wanted))
    .sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0))
    .slice(0, limit)
}

/** Customers out of a range appear once there is something to see; of a million only so many are looked at. */
const MAX_RANGED = 500

function rangedChatIds(world: World): number[] {
  if (world.customers.ranges.length === 0) return []
  const ids: number[] = []
  for (const id of world.messages.chatIds()) {
    if (id > 0 && ids.push(id) >= MAX_RANGED) break
  }
  return ids
}

function hasTalk(world: World, chatId: number): boolean {
  return (world.messages.peek(chatId)?.messages.size ?? 0) > 0
}

function preview(world: World, message: Message): ChatSummary['last'] {
  const text =
    message.text ??
    message.caption ??
    (message.photo ? 'Photo' : message.document ? message.document.file_name : serviceWords(message))
  return {
    text: text.slice(0, 120),
    date: message.edit_date ?? message.date,
    outgoing: message.from !== undefined && message.from.id !== world.bot.user.id,
  }
}

function serviceWords({ invoice, successful_payment: paid, refunded_payment: refunded }: Message): string {
  if (paid) return 'Payment'
  if (refunded) return 'Refund'
  return invoice ? 'Invoice' : 'Message'
}
