"""Records: reading, cleaning, checking, storing, counting. Pure: no Streamlit, no drawing."""
