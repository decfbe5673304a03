"""Records: reading, cleaning, checking, storing, counting. Pure: no Streamlit, no drawing."""

import pyarrow as pa

# Columns of an import are large and live for a moment. Arrow's own pools give their pages back to the system after
# each and take new ones, which costs an import of a million rows a quarter of its processor time.
pa.set_memory_pool(pa.system_memory_pool())
