/** Scenarios of group H: features, servlet, WAR, filter, end of life. */
@NullMarked
package org.pipebridge.test.kit.h;

import org.jspecify.annotations.NullMarked;
