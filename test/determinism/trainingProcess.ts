// A process that trains and writes the final hashes as JSON: `trainingProcess.ts <surroundings as JSON>`.

import { accelerate } from '../../src/node.ts';
import { allHashes, type Surroundings } from './trainings.ts';

const surroundings = JSON.parse(process.argv[2]!) as Surroundings;
if (surroundings.accelerate !== 'no') accelerate({ revectorise: surroundings.accelerate === 'revectorised' });
process.stdout.write(JSON.stringify(await allHashes({ threads: surroundings.threads ?? 1 })));
