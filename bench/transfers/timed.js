/** Does some work; tells its answer, and the seconds that passed and that this process computed meanwhile. */
exports.timed = async (work) => {
  const before = process.cpuUsage();
  const started = performance.now();
  const answer = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { answer, seconds, cpu: (user + system) / 1e6 };
};
