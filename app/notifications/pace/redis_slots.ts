import { setTimeout as sleep } from 'node:timers/promises'
import { HORIZON_US, LANES, SlotStore, type Lane, type Reservation, type Slots } from '#notifications/pace/slots'

/** Longer than that the caller asks elsewhere. */
const TIMEOUT_MS = 500

const NOW = `local t = redis.call('TIME') local now = t[1] * 1000000 + t[2]`

/** KEYS: next slot, pause. ARGV: span, maximum wait. Numbers go back as text: Lua would cut them. */
const RESERVE = `${NOW}
local next = math.min(tonumber(redis.call('GET', KEYS[1]) or '0'), now + ${HORIZON_US})
local first = math.max(next, now, tonumber(redis.call('GET', KEYS[2]) or '0'))
if first - now > tonumber(ARGV[2]) then return { 0, string.format('%.0f', first), string.format('%.0f', now) } end
redis.call('SET', KEYS[1], string.format('%.0f', first + ARGV[1]), 'PX', 3600000)
return { 1, string.format('%.0f', first), string.format('%.0f', now) }`

const PAUSE = `${NOW}
local untilUs = math.max(now + ARGV[1], tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', untilUs), 'PX', math.ceil((untilUs - now) / 1000) + 1000)
return 1`

interface ScriptRunner {
  isReady(): boolean
  eval(script: string, keys: number, ...values: Array<string | number>): Promise<unknown>
}

/** The same row as a script on Redis, for installations that have one. */
export class RedisSlots extends SlotStore {
  constructor(private readonly connection: ScriptRunner) {
    super()
  }

  async reserve({ lane, count, spacingUs, maxWaitUs = HORIZON_US * 100 }: Reservation): Promise<Slots> {
    const [reserved, first, now] = (await this.#eval(
      RESERVE,
      [slotKey(lane), PAUSE_KEY],
      [Math.round(count * spacingUs), maxWaitUs]
    )) as [number, string, string]
    return { reserved: reserved === 1, firstUs: Number(first), waitUs: Number(first) - Number(now) }
  }

  async pause(ms: number) {
    await this.#eval(PAUSE, [PAUSE_KEY], [Math.round(ms * 1000)])
  }

  /** Without a connection the client would keep a script for later and take slots when nobody wants them any more. */
  async #ready() {
    for (let waited = 0; !this.connection.isReady(); waited += POLL_MS) {
      if (waited >= TIMEOUT_MS) throw new Error(`Redis could not be reached within ${TIMEOUT_MS} ms`)
      await sleep(POLL_MS)
    }
  }

  async #eval(script: string, keys: string[], values: number[]): Promise<unknown> {
    await this.#ready()
    let timer: NodeJS.Timeout
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Redis did not answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
    })
    return Promise.race([this.connection.eval(script, keys.length, ...keys, ...values), late]).finally(() =>
      clearTimeout(timer)
    )
  }
}

const POLL_MS = 20

const PAUSE_KEY = '{telegram:pace}:paused'
const slotKey = (lane: Lane) => `{telegram:pace}:${lane}`

export const PACE_KEYS = [PAUSE_KEY, ...LANES.map(slotKey)]
