-- pgbench takes what follows a colon for a variable, in literals too: chr(58) is one.
\set one random(1, :customers)
\set other 1 + mod(:one + random(0, :customers - 2), :customers)
\set key random(1, 9000000000000000000)
BEGIN;
SELECT * FROM ledger_post('purchase', 'pgbench' || :key::text, 'fingerprint', NULL, NULL, 'system', NULL, 'system', NULL, NULL, 1700000000000, ARRAY[concat_ws(chr(58), 'TON', 'wallet', :one::text), concat_ws(chr(58), 'TON', 'wallet', :other::text)], ARRAY[-1, 1]::bigint[]);
COMMIT;
