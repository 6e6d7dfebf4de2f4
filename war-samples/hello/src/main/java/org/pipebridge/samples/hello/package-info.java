/** The smallest useful application. */
@NullMarked
package org.pipebridge.samples.hello;

import org.jspecify.annotations.NullMarked;
