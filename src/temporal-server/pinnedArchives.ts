import { TEST_SERVER_VERSION } from './testServerJars.ts';

/** The release of the Temporal CLI that is got: the newest that builds as it is, with Temporal server 1.29. */
export const CLI_VERSION = '1.5.1';
/** Its module for Go, as `go.sum` and the checksum database write it: with it all that it is built of is pinned. */
export const CLI_MODULE = {
  path: 'github.com/temporalio/cli',
  version: `v${CLI_VERSION}`,
  sum: 'h1:0RZMk14BWxz44Xg6ciDQvpfAMffoG3J7/K03ql80teY=',
};

/** An archive as it was published: where it is, the SHA-256 of its bytes, and which file of it is the server. */
export type PinnedArchive = { url: string; sha256: string; member: string };

/** Which of the two servers. */
export type ServerName = 'cli' | 'test-server';
type Platform = `${'linux' | 'darwin'}-${'x64' | 'arm64'}`;

const cli = (name: string, sha256: string): PinnedArchive => ({
  url: `https://github.com/temporalio/cli/releases/download/v${CLI_VERSION}/temporal_cli_${CLI_VERSION}_${name}.tar.gz`,
  sha256,
  member: 'temporal',
});
const testServer = (name: string, sha256: string): PinnedArchive => {
  const folder = `temporal-test-server_${TEST_SERVER_VERSION}_${name}`;
  const release = `https://github.com/temporalio/sdk-java/releases/download/v${TEST_SERVER_VERSION}`;
  return { url: `${release}/${folder}.tar.gz`, sha256, member: `${folder}/temporal-test-server` };
};

/**
 * The archives whose hash is known. For a platform that is not here the server is built, or run by Java, from sources and
 * archives that are pinned too.
 */
export const PINNED_ARCHIVES: Record<ServerName, Partial<Record<Platform, PinnedArchive>>> = {
  cli: {
    'linux-x64': cli('linux_amd64', 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d'),
    'linux-arm64': cli('linux_arm64', 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5'),
    'darwin-x64': cli('darwin_amd64', 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9'),
    'darwin-arm64': cli('darwin_arm64', 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415'),
  },
  'test-server': {
    'linux-x64': testServer(
      'linux_amd64',
      '41df834fe8e1ac59619e13908f41b63e4d1054f37634a2f89033d8cf6af71b96',
    ),
  },
};
