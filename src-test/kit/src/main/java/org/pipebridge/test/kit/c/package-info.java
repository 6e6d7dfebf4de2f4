/** Scenarios of group C: failure and length. */
@NullMarked
package org.pipebridge.test.kit.c;

import org.jspecify.annotations.NullMarked;
