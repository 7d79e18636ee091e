export { TestClock as FakeClock } from '#tests/support/test_clock'
