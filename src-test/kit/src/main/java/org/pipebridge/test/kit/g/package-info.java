/** Scenarios of group G: files, switches, pipeline, host. */
@NullMarked
package org.pipebridge.test.kit.g;

import org.jspecify.annotations.NullMarked;
