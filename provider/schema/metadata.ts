/** What package.json says already and the schema repeats. */
export interface PackageJson {
  version: string;
  description: string;
  license: string;
  keywords: string[];
}

export const packageName = "glance";

const repository = "pulumi-glance/pulumi-glance";

/** What Pulumi's registry and its code generators want to know beside resources and functions. */
export function metadata({ version, description, license, keywords }: PackageJson) {
  return {
    name: packageName,
    displayName: "OpenStack Glance",
    publisher: "pulumi-glance",
    description,
    license,
    keywords,
    repository: `https://github.com/${repository}`,
    pluginDownloadURL: `github://api.github.com/${repository}`,
    language: {
      nodejs: { packageName: "pulumi-glance-native", respectSchemaVersion: true },
      python: { packageName: "pulumi_glance", pyproject: { enabled: true }, respectSchemaVersion: true },
      go: {
        importBasePath: `github.com/${repository}/sdk/go/glance`,
        generateResourceContainerTypes: true,
        respectSchemaVersion: true,
      },
      csharp: { rootNamespace: "Pulumi", namespaces: { glance: "Glance" }, respectSchemaVersion: true },
    },
    version,
  };
}
