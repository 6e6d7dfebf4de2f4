/** A server in memory, for tests of applications. */
@NullMarked
package org.pipebridge.test;

import org.jspecify.annotations.NullMarked;
