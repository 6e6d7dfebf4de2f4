/** Scenarios of group E: request body. */
@NullMarked
package org.pipebridge.test.kit.e;

import org.jspecify.annotations.NullMarked;
