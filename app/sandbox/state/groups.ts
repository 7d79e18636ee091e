import { ControlError } from '#sandbox/errors'
import type { Chat } from '#sandbox/state/types'

export const BOT_STATUSES = ['administrator', 'member', 'left', 'kicked'] as const
export type BotStatus = (typeof BOT_STATUSES)[number]

export interface Topic {
  message_thread_id: number
  name: string
  icon_color: number
  closed: boolean
}

export interface Group {
  chat: Chat
  botStatus: BotStatus
  /** customers in it; everybody else can't write there */
  members: Set<number>
  /** customers who manage it */
  administrators: Set<number>
  topics: Map<number, Topic>
  lastMessageId: number
}

export interface NewGroup {
  id?: number
  title: string
  type?: 'group' | 'supergroup' | 'channel'
  username?: string
  forum?: boolean
  botStatus?: BotStatus
  members?: number[]
  administrators?: number[]
}

const isList = (value: unknown) => value === undefined || Array.isArray(value)

/** Groups, forums and channels the bot was added to. */
export class Groups {
  #groups = new Map<number, Group>()
  #nextId = -1_001_000_000_001

  find(id: number): Group | undefined {
    return this.#groups.get(id)
  }

  findByUsername(username: string): Group | undefined {
    return [...this.#groups.values()].find((group) => group.chat.username?.toLowerCase() === username.toLowerCase())
  }

  save(fields: NewGroup): Group {
    if (!isList(fields.members) || !isList(fields.administrators)) {
      throw new ControlError(422, '"members" and "administrators" are lists of customers.')
    }
    if (!fields.title) throw new ControlError(422, 'A group needs a title.')
    const id = fields.id ?? this.#nextId--
    if (!Number.isSafeInteger(id) || id >= 0) throw new ControlError(422, 'A group id is a negative integer.')
    const group: Group = {
      chat: {
        id,
        title: fields.title,
        type: fields.type ?? 'supergroup',
        ...(fields.username && { username: fields.username }),
        ...(fields.forum && { is_forum: true }),
      },
      botStatus: fields.botStatus ?? 'administrator',
      members: new Set([...(fields.members ?? []), ...(fields.administrators ?? [])]),
      administrators: new Set(fields.administrators),
      topics: this.#groups.get(id)?.topics ?? new Map(),
      lastMessageId: this.#groups.get(id)?.lastMessageId ?? 0,
    }
    this.#groups.set(id, group)
    return group
  }

  all(): IterableIterator<Group> {
    return this.#groups.values()
  }

  restore(groups: Group[]): void {
    for (const group of groups) this.#groups.set(group.chat.id, group)
  }

  clear(): void {
    this.#groups.clear()
  }
}
