const project = (name, more) => ({
  displayName: name,
  testEnvironment: "node",
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "tsconfig.test.json", diagnostics: false }] },
  ...more,
});

const clouds = {
  globalSetup: "<rootDir>/test/tools/clouds/globalSetup.ts",
  globalTeardown: "<rootDir>/test/tools/clouds/globalTeardown.ts",
};

const faults = { ...clouds, globalSetup: "<rootDir>/test/faults/globalSetup.ts" };

// The tests wait for other processes most of the time, so jest need not leave a processor to itself.
module.exports = {
  maxWorkers: "100%",
  // A busy machine is no failure.
  testTimeout: 60_000,
  maxConcurrency: 16,
  projects: [project("unit"), project("contract", clouds), project("e2e", clouds), project("faults", faults)],
};
