/** Scenarios of group D: target, path, headers. */
@NullMarked
package org.pipebridge.test.kit.d;

import org.jspecify.annotations.NullMarked;
