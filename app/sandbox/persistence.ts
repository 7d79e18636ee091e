import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { ControlError } from '#sandbox/errors'
import type { BotCommand } from '#sandbox/state/bot_profile'
import type { CustomerRange } from '#sandbox/state/customers'
import type { StoredFile } from '#sandbox/state/files'
import type { Group } from '#sandbox/state/groups'
import type { MessagesSnapshot } from '#sandbox/state/messages'
import type { Customer } from '#sandbox/state/types'
import type { QueueSnapshot } from '#sandbox/updates_queue'
import type { Webhook } from '#sandbox/webhook_sender'
import type { ServicesSnapshot, World } from '#sandbox/world'

const VERSION = 1
const SAVE_AFTER_MS = 1000

interface Snapshot {
  version: number
  customers: Customer[]
  ranges: CustomerRange[]
  groups: Group[]
  messages: MessagesSnapshot
  updates: QueueSnapshot
  files: Omit<StoredFile, 'data'>[]
  webhook?: Webhook
  /** missing in what older versions saved */
  services?: ServicesSnapshot
  bot: {
    commands: Map<string, BotCommand[]>
    texts: Map<string, string>
    menuButtons: Map<number, Record<string, unknown>>
  }
}

/** Chats on disk, so that a restarted sandbox goes on where it was. A convenience of demos: up to a second may be lost. */
export class Persistence {
  #timer?: NodeJS.Timeout
  #stopListening?: () => void
  readonly #written = new Set<string>()

  constructor(
    readonly world: World,
    readonly dir: string
  ) {}

  start(): void {
    mkdirSync(join(this.dir, 'files'), { recursive: true })
    this.#stopListening = this.world.live.on(() => (this.#timer ??= setTimeout(() => this.#save(), SAVE_AFTER_MS)))
  }

  stop(): void {
    this.#stopListening?.()
    this.#save()
  }

  /** Answers whether there was something to load. */
  load(): boolean {
    if (!existsSync(this.#path)) return false
    const snapshot = this.#read()
    const { world } = this
    world.customers.restore(snapshot.customers, snapshot.ranges)
    world.groups.restore(snapshot.groups)
    world.messages.restore(snapshot.messages)
    world.updates.restore(snapshot.updates)
    Object.assign(world.bot, snapshot.bot)
    for (const file of snapshot.files) {
      this.#written.add(file.fileId)
      world.files.restore({ ...file, data: readFileSync(this.#filePath(file.fileId)) })
    }
    if (snapshot.services) world.restoreServices(snapshot.services)
    if (snapshot.webhook) world.webhook.set(snapshot.webhook)
    return true
  }

  #save(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const files = [...this.world.files.all()].map(({ data, ...file }) => {
      if (!this.#written.has(file.fileId)) writeFileSync(this.#filePath(file.fileId), data)
      this.#written.add(file.fileId)
      return file
    })
    writeFileSync(`${this.#path}.new`, serialize(this.#snapshot(files)))
    renameSync(`${this.#path}.new`, this.#path)
  }

  #snapshot(files: Snapshot['files']): Snapshot {
    const { customers, groups, messages, updates, webhook, bot } = this.world
    return {
      version: VERSION,
      customers: [...customers.all()],
      ranges: [...customers.ranges],
      groups: [...groups.all()],
      messages: messages.snapshot(),
      updates: updates.snapshot(),
      files,
      webhook: webhook.current,
      services: this.world.snapshotServices(),
      bot: { commands: bot.commands, texts: bot.texts, menuButtons: bot.menuButtons },
    }
  }

  #read(): Snapshot {
    try {
      const snapshot: Snapshot = deserialize(readFileSync(this.#path))
      if (snapshot.version === VERSION) return snapshot
    } catch {
      // told below, as for a snapshot of another version
    }
    throw new ControlError(422, `${this.#path} is not what this sandbox has saved: remove it to begin anew.`)
  }

  get #path(): string {
    return join(this.dir, 'sandbox.bin')
  }

  #filePath(fileId: string): string {
    return join(this.dir, 'files', fileId)
  }
}
