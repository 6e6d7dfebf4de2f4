/** Scenarios of group F: abort, upgrade. */
@NullMarked
package org.pipebridge.test.kit.f;

import org.jspecify.annotations.NullMarked;
