import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Posts one transfer in one round trip. SQLite has no procedures and needs none: its transaction holds the only
 * write lock, and no statement of it crosses a network.
 *
 * Accounts are opened when missing, then locked in the order of their ids. Each statement of a VOLATILE function
 * sees what was committed before it began, so the key is looked up under the locks.
 */
const LEDGER_POST = `
CREATE FUNCTION ledger_post(
  p_kind text, p_key text, p_fingerprint text, p_reference_type text, p_reference_id text,
  p_actor_type text, p_actor_id bigint, p_actor_name text, p_corrects bigint, p_note text, p_now bigint,
  p_codes text[], p_amounts bigint[],
  OUT outcome text, OUT transfer_id bigint, OUT code text, OUT available bigint
) LANGUAGE plpgsql AS $$
DECLARE
  moment bigint;
  known text;
BEGIN
  IF (SELECT count(*) FROM ledger_accounts a WHERE a.code = ANY (p_codes)) < cardinality(p_codes) THEN
    INSERT INTO ledger_accounts (code, kind, currency, customer_id, name, created_at, updated_at)
    SELECT m.code, m.part[2], m.part[1],
      CASE WHEN m.part[2] <> 'system' THEN m.part[3]::bigint END,
      CASE WHEN m.part[2] = 'system' THEN m.part[3] END, p_now, p_now
    FROM (SELECT c AS code, regexp_match(c, '^([^:]+):([^:]+):(.+)$') AS part FROM unnest(p_codes) c ORDER BY c) m
    WHERE NOT EXISTS (SELECT FROM ledger_accounts a WHERE a.code = m.code)
    ON CONFLICT ON CONSTRAINT ledger_accounts_code_key DO NOTHING;
  END IF;

  SELECT GREATEST(p_now, max(locked.updated_at)) INTO moment FROM (
    SELECT a.updated_at FROM ledger_accounts a WHERE a.code = ANY (p_codes) ORDER BY a.id FOR UPDATE
  ) locked;

  SELECT t.id, t.fingerprint INTO transfer_id, known FROM ledger_transfers t WHERE t.idempotency_key = p_key;
  IF transfer_id IS NULL THEN
    SELECT a.code, a.balance INTO code, available
    FROM unnest(p_codes, p_amounts) AS m (code, amount) JOIN ledger_accounts a ON a.code = m.code
    WHERE (a.kind IN ('wallet', 'granted', 'held') AND a.balance + m.amount < 0)
      OR (a.kind = 'receivable' AND a.balance + m.amount > 0)
      OR abs(a.balance + m.amount) > 9007199254740991
    ORDER BY a.id LIMIT 1;
    IF code IS NOT NULL THEN
      outcome := 'refused';
      RETURN;
    END IF;

    INSERT INTO ledger_transfers (kind, idempotency_key, fingerprint, reference_type, reference_id, actor_type,
      actor_id, actor_name, corrects_id, note, created_at)
    VALUES (p_kind, p_key, p_fingerprint, p_reference_type, p_reference_id, p_actor_type,
      p_actor_id, p_actor_name, p_corrects, p_note, moment)
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id INTO transfer_id;

    IF transfer_id IS NOT NULL THEN
      WITH moved AS (
        UPDATE ledger_accounts a SET balance = a.balance + m.amount, updated_at = moment
        FROM unnest(p_codes, p_amounts) AS m (code, amount) WHERE a.code = m.code
        RETURNING a.id, a.kind, a.currency, m.amount, a.balance
      )
      INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
      SELECT ledger_post.transfer_id, moved.id, moved.kind, moved.currency, moved.amount, moved.balance, moment
      FROM moved ORDER BY moved.id;
      outcome := 'posted';
      RETURN;
    END IF;
    SELECT t.id, t.fingerprint INTO transfer_id, known FROM ledger_transfers t WHERE t.idempotency_key = p_key;
  END IF;

  outcome := CASE WHEN known = p_fingerprint THEN 'repeated' ELSE 'conflict' END;
END $$`

export default class extends BaseSchema {
  async up() {
    if (this.db.dialect.name === 'postgres') this.defer((db) => db.rawQuery(LEDGER_POST))
  }

  async down() {
    if (this.db.dialect.name === 'postgres') this.schema.raw('DROP FUNCTION ledger_post')
  }
}
