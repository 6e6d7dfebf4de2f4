package org.pipebridge.test;

import org.pipebridge.feature.Headers;

/** Status and headers of a response as they left. */
record ResponseStart(int status, Headers headers) {}
