import type { BotContext } from '#bot/context'
import type { Draft } from '#bot/sessions/bot_session'

/**
 * A conversation of several messages. What has been said so far is a draft in the session: it survives a restart,
 * other flows and a walk through the menu, until it is finished or cancelled.
 */
export interface Flow {
  /** Stable, stored in sessions. */
  name: string
  /** Text key of what the customer is doing: "writing a broadcast". */
  title: string
  /** Asked again each time, since rights may have gone. */
  isAvailable(ctx: BotContext): Promise<boolean> | boolean
  /** Whether enough has been said to offer going on later; always when missing. */
  isWorthResuming?(draft: Draft): boolean
  /** Shows where the draft stands. */
  show(ctx: BotContext, draft: Draft): Promise<unknown>
  /** The customer has written something. */
  receive(ctx: BotContext, draft: Draft): Promise<unknown>
}

export class Flows {
  readonly #flows = new Map<string, Flow>()

  add(flow: Flow) {
    this.#flows.set(flow.name, flow)
  }

  find(name: string) {
    return this.#flows.get(name)
  }

  /** Begins or goes on: from now on messages belong to this flow. */
  enter(ctx: BotContext, name: string, step: string, data: Record<string, unknown> = {}): Draft {
    const draft = { step, data, updatedAt: ctx.deps.clock.now() }
    ctx.session.drafts[name] = draft
    ctx.session.flow = name
    return draft
  }

  /** Keeps the draft and lets messages mean what they mean elsewhere. */
  interrupt(ctx: BotContext) {
    ctx.session.flow = null
  }

  /** Finished or given up. */
  drop(ctx: BotContext, name: string) {
    delete ctx.session.drafts[name]
    if (ctx.session.flow === name) ctx.session.flow = null
  }

  /** The draft touched last that can still be gone on with. */
  async interrupted(ctx: BotContext): Promise<{ flow: Flow; draft: Draft } | null> {
    const byAge = Object.entries(ctx.session.drafts).sort(([, one], [, other]) => other.updatedAt - one.updatedAt)
    for (const [name, draft] of byAge) {
      const flow = this.find(name)
      if (!flow || flow.isWorthResuming?.(draft) === false) continue
      if (await flow.isAvailable(ctx)) return { flow, draft }
    }
    return null
  }
}
