/** The conformance kit: scenarios that any server can be held against. */
@NullMarked
package org.pipebridge.test.kit;

import org.jspecify.annotations.NullMarked;
