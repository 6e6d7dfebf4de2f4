/** Scenarios of group A: framing. */
@NullMarked
package org.pipebridge.test.kit.a;

import org.jspecify.annotations.NullMarked;
