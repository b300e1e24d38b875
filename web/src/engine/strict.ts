// Under the page's content security policy nothing may be compiled from text, so the library's schemas do not try to.

import { config } from 'zod';

config({ jitless: true });
