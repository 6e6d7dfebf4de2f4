/** Scenarios of group B: start and callbacks. */
@NullMarked
package org.pipebridge.test.kit.b;

import org.jspecify.annotations.NullMarked;
