import type { Trx } from '#core/database/transaction'

/** One editable value of the product, declared once by the room that reads it. */
export interface SettingDefinition<T = unknown> {
  /** Dotted, domain first: `broadcasts.daily_cap`. */
  key: string
  default: T
  /** Section of the settings page. */
  group: string
  /** A colour is `#0f766e`; an image is the path of an upload that `StoreSettingImage` kept, or empty. */
  kind: 'boolean' | 'integer' | 'text' | 'choice' | 'time' | 'json' | 'colour' | 'image'
  choices?: readonly string[]
  min?: number
  max?: number
  maxLength?: number
  /** The right that changing it needs beside that to edit settings: what guards money is not for everybody. */
  permission?: string
  /** What else is wrong with a value of the right kind (`is not a time zone such as Europe/Kyiv`), or null. */
  check?(value: T): string | null
}

export const defineSetting = <T>(definition: SettingDefinition<T>) => definition

/** What each of several settings holds, in the same order. */
export type SettingValues<D extends readonly SettingDefinition<any>[]> = {
  [K in keyof D]: D[K] extends SettingDefinition<infer T> ? T : never
}

/** Settings edited in the panel: cached in each process for at most two seconds after a change elsewhere. */
export abstract class Settings {
  abstract register(definitions: SettingDefinition<any>[]): void
  abstract definitions(): SettingDefinition<any>[]
  /** Cached. */
  abstract get<T>(definition: SettingDefinition<T>): Promise<T>
  /** Read inside the transaction, for limits, prices and odds that money depends on. */
  abstract getIn<T>(trx: Trx, definition: SettingDefinition<T>): Promise<T>
  /** Several of them by one statement, where many depend on little time. */
  abstract getManyIn<const D extends readonly SettingDefinition<any>[]>(
    trx: Trx,
    definitions: D
  ): Promise<SettingValues<D>>
  /** Validates, stores and bumps the global version. Throws on a value that the definition does not admit. */
  abstract set<T>(trx: Trx, definition: SettingDefinition<T>, value: T): Promise<void>
  /** Drops what is cached: the next read asks the database (after a restore, between tests). */
  abstract forget(): void
}
