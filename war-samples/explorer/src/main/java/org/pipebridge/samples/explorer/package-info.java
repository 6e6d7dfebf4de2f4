/** A page about the request that asked for it, its server and the features they offer. */
@NullMarked
package org.pipebridge.samples.explorer;

import org.jspecify.annotations.NullMarked;
