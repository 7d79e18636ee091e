import type { ContainerResolver } from '@adonisjs/core/container'
import type { ContainerBindings } from '@adonisjs/core/types'
import type { EventEffect } from '#chain/listener/event_effects'
import type { OperationHandler } from '#chain/operations/operation_handlers'

type Container = Pick<ContainerResolver<ContainerBindings>, 'make'>
type Made<T> = new (...args: any[]) => T

/** Handlers and effects that are made each time they are asked: nothing of them lives while the chain is off. */
export function madeWhenAsked(container: Container) {
  const maker =
    <T>(Made: Made<T>) =>
    async <R>(use: (made: T) => R | Promise<R>): Promise<R> =>
      use((await container.make(Made)) as T)
  return {
    handler(kind: OperationHandler['kind'], Handler: Made<OperationHandler>): OperationHandler {
      const ask = maker(Handler)
      return {
        kind,
        check: (operation, head) => ask((handler) => handler.check(operation, head)),
        call: (operation) => ask((handler) => handler.call(operation)),
        changed: (trx, operation) => ask((handler) => handler.changed(trx, operation)),
      }
    },
    effect(name: EventEffect['name'], Effect: Made<EventEffect>): EventEffect {
      const ask = maker(Effect)
      return {
        name,
        seen: (trx, event) => ask((effect) => effect.seen?.(trx, event)),
        orphaned: (trx, event) => ask((effect) => effect.orphaned?.(trx, event)),
        confirmed: (trx, event) => ask((effect) => effect.confirmed(trx, event)),
      }
    },
  }
}
